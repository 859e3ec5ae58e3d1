// Searching tables on the thread that asks: an index of a table's rows, and several queries at once. Part of `dot-by-dot/sync`.
import { LabError, unwrap } from './errors.ts';
import { finite, type Kernels, matrix, size, vector } from './kernels.ts';
import { HeldArray } from './memory.ts';
import type { Hit, IndexSearch, NumberArray, SyncIndex, SyncMatrix, SyncVector } from './types.ts';
import * as check from './validate.ts';

/** An index of the rows of m; what is not held is held by the index itself. */
export function openIndex(kernels: Kernels, m: SyncMatrix): SyncIndex {
  matrix(m, 'm', kernels.heap);
  const own = m.data instanceof HeldArray ? undefined : kernels.heap.hold(m.data as NumberArray);
  const table = own ?? (m.data as HeldArray);
  try {
    // A number that is not finite is named as all others are; the engine's own refusal knows only its row.
    if (!kernels.allFinite(table.address, table.length)) finite({ 'm.data': table });
    const { handle, bytes } = unwrap(kernels.module.openIndex(table.address, m.rows, m.columns));
    return new RowIndex(kernels, table, own, handle, m.rows, m.columns, bytes);
  } catch (error) {
    own?.dispose();
    throw error;
  }
}

class RowIndex implements SyncIndex {
  private open = true;

  constructor(
    private readonly kernels: Kernels,
    private readonly table: HeldArray,
    private readonly own: HeldArray | undefined,
    private readonly handle: number,
    readonly rows: number,
    readonly columns: number,
    readonly bytes: number,
  ) {}

  search(x: SyncVector, k: number): IndexSearch {
    const { heap, module } = this.kernels;
    if (!this.open) throw new LabError('disposed', 'This index was disposed of. Make it again.');
    if (!this.table.in(heap)) throw new LabError('disposed', 'The table of this index was disposed of. Hold it, and make the index again.');
    vector(x, 'x', heap);
    check.checkInner(this.columns, x.length, 'm', 'x');
    check.checkInteger(k, 'k', 1, this.rows);
    heap.begin(2, size(x) + 2 * k);
    const hits = heap.room(2 * k);
    const at = heap.put(x);
    if (!this.kernels.allFinite(at, x.length)) finite({ x });
    const rescored = module._lab_index_search(this.handle, this.table.address, at, hits, k);
    return { hits: this.kernels.hits(hits, k), rescored };
  }

  dispose(): void {
    if (!this.open) return;
    this.open = false;
    this.kernels.module.closeIndex(this.handle);
    this.own?.dispose();
  }
}

/** The k best rows of m for each row of the queries. */
export function topRowsEach(kernels: Kernels, m: SyncMatrix, queries: SyncMatrix, k: number): Hit[][] {
  const { heap, module } = kernels;
  matrix(m, 'm', heap);
  matrix(queries, 'queries', heap);
  check.checkInner(m.columns, queries.columns, 'm', 'queries');
  check.checkInteger(k, 'k', 1, m.rows);
  const [rows, columns, count] = [m.rows, m.columns, queries.rows];
  // Beyond, `begin` refuses: a count that does not fit in 32 bits must not come back as a small one.
  const workspace = rows * count < 2 ** 30 ? module._lab_top_rows_workspace(rows, columns, count) >>> 0 : 2 ** 30;
  heap.begin(4, size(m.data) + size(queries.data) + workspace + 2 * k * count);
  const [room, hits] = [heap.room(workspace), heap.room(2 * k * count)];
  const [table, asked] = [heap.put(m.data), heap.put(queries.data)];
  if (!module._lab_top_rows(table, rows, columns, asked, count, room, hits, k)) finite({ 'm.data': m.data, 'queries.data': queries.data });
  return Array.from({ length: count }, (_, q) => kernels.hits(hits + 8 * k * q, k));
}
