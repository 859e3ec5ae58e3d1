// The small questions, answered at once, on the thread that asks: shared by the worker and by `dot-by-dot/sync`.
// Each call checks its input, places it in the engine's memory, calls a kernel, and copies the answer out.
import { LabError, unwrap } from './errors.ts';
import type { MainModule } from './generated.d.ts';
import { HeldArray, Memory } from './memory.ts';
import type {
  DotTrace,
  Explanation,
  Held,
  HeldMatrix,
  Hit,
  Into,
  Matrix,
  NumberArray,
  PairAnswer,
  SyncMatrix,
  SyncVector,
} from './types.ts';
import * as check from './validate.ts';

/** What a pair answers before it can be unfolded. */
export type PairNumbers = Omit<PairAnswer, 'explain'>;

/** The most random numbers in one call. */
const MOST_RANDOM = 2 ** 24;

export class Kernels {
  readonly heap: Memory;

  constructor(readonly module: MainModule) {
    this.heap = new Memory(module);
  }

  dot(a: SyncVector, b: SyncVector): number {
    // Both held here: nothing to make room for, and the arithmetic of a short vector is all there is to pay.
    const ready = a instanceof HeldArray && b instanceof HeldArray && a.length === b.length && a.in(this.heap) && b.in(this.heap);
    const n = ready ? a.length : this.two(a, b);
    const result = ready ? this.module._lab_dot(a.address, b.address, n) : this.module._lab_dot(this.heap.put(a), this.heap.put(b), n);
    // A NaN or an infinity in the input always reaches the result: a finite result needs no second look.
    if (!Number.isFinite(result)) finite({ a, b });
    return result;
  }

  norm(a: SyncVector): number {
    const n = this.one(a);
    const result = this.module._lab_norm(this.heap.put(a), n);
    if (!Number.isFinite(result)) finite({ a });
    return result;
  }

  cosine(a: SyncVector, b: SyncVector): number {
    const n = this.two(a, b);
    const [pa, pb] = [this.heap.put(a), this.heap.put(b)];
    const result = this.module._lab_cosine(pa, pb, n);
    if (!Number.isFinite(result)) {
      finite({ a, b });
      check.checkDirection(this.module._lab_norm(pa, n), 'a');
      check.checkDirection(this.module._lab_norm(pb, n), 'b');
    }
    return result;
  }

  normalize(a: SyncVector): Float32Array<ArrayBuffer> {
    const n = this.one(a, 'a', 1, a?.length);
    const out = this.heap.room(n);
    const length = this.module._lab_normalize(this.heap.put(a), n, out);
    if (!Number.isFinite(length)) finite({ a });
    check.checkDirection(length, 'a');
    return this.heap.copy(out, n);
  }

  matvec(m: SyncMatrix, x: SyncVector): Float32Array<ArrayBuffer>;
  matvec(m: SyncMatrix, x: SyncVector, options: Into): HeldArray;
  matvec(m: SyncMatrix, x: SyncVector, { into }: Partial<Into> = {}): Float32Array<ArrayBuffer> | HeldArray {
    matrix(m, 'm', this.heap);
    vector(x, 'x', this.heap);
    check.checkInner(m.columns, x.length, 'm', 'x');
    const kept = into && target(into, m.rows, [m.data, x], this.heap);
    this.heap.begin(3, size(m.data) + size(x) + (kept ? 0 : m.rows));
    const out = kept?.address ?? this.heap.room(m.rows);
    this.module._lab_matvec(this.heap.put(m.data), m.rows, m.columns, this.heap.put(x), out);
    if (!this.allFinite(out, m.rows)) finite({ 'm.data': m.data, x });
    return kept ?? this.heap.copy(out, m.rows);
  }

  topRows(m: SyncMatrix, x: SyncVector, k: number): Hit[] {
    matrix(m, 'm', this.heap);
    vector(x, 'x', this.heap);
    check.checkInner(m.columns, x.length, 'm', 'x');
    check.checkInteger(k, 'k', 1, m.rows);
    this.heap.begin(4, size(m.data) + size(x) + m.rows + 2 * k);
    const [scores, hits] = [this.heap.room(m.rows), this.heap.room(2 * k)];
    this.module._lab_matvec(this.heap.put(m.data), m.rows, m.columns, this.heap.put(x), scores);
    if (!this.allFinite(scores, m.rows)) finite({ 'm.data': m.data, x });
    return this.hits(hits, this.module._lab_top_k(scores, m.rows, hits, k));
  }

  matmul(a: SyncMatrix, b: SyncMatrix): Matrix;
  matmul(a: SyncMatrix, b: SyncMatrix, options: Into): HeldMatrix;
  matmul(a: SyncMatrix, b: SyncMatrix, { into }: Partial<Into> = {}): Matrix | HeldMatrix {
    matrix(a, 'a', this.heap);
    matrix(b, 'b', this.heap);
    check.checkInner(a.columns, b.rows, 'a', 'b');
    const [m, k, n] = [a.rows, a.columns, b.columns];
    const kept = into && target(into, m * n, [a.data, b.data], this.heap);
    const workspace = m * n < 2 ** 30 ? this.module._lab_matmul_workspace(m, k, n) >>> 0 : 0; // beyond, `begin` refuses
    this.heap.begin(4, size(a.data) + size(b.data) + (kept ? 0 : m * n) + workspace);
    const out = kept?.address ?? this.heap.room(m * n);
    this.module._lab_matmul(this.heap.put(a.data), this.heap.put(b.data), m, k, n, this.heap.room(workspace), out);
    if (!this.allFinite(out, m * n)) finite({ 'a.data': a.data, 'b.data': b.data });
    return kept ? { rows: m, columns: n, data: kept } : { rows: m, columns: n, data: this.heap.copy(out, m * n) };
  }

  softmax(x: SyncVector, { temperature = 1 }: { temperature?: number } = {}): Float32Array<ArrayBuffer> {
    check.checkPositive(temperature, 'temperature');
    const n = this.one(x, 'x', 1, x?.length);
    finite({ x }, '-∞');
    const out = this.heap.room(n);
    this.module._lab_softmax(this.heap.put(x), n, temperature, out);
    const result = this.heap.copy(out, n);
    if (Number.isNaN(result[0]))
      throw new LabError('not-finite', 'Every entry of x is −∞, which leaves nothing to share out. Give at least one finite number.');
    return result;
  }

  topK(scores: SyncVector, k: number): Hit[] {
    const n = vector(scores, 'scores', this.heap).length;
    check.checkInteger(k, 'k', 1, n);
    this.heap.begin(2, size(scores) + 2 * k);
    const hits = this.heap.room(2 * k);
    const at = this.heap.put(scores);
    if (!this.allFinite(at, n)) finite({ scores }, 'both');
    return this.hits(hits, this.module._lab_top_k(at, n, hits, k));
  }

  randomNormal(count: number, { seed }: { seed: number } = { seed: Number.NaN }): Float32Array<ArrayBuffer> {
    check.checkInteger(count, 'count', 1, MOST_RANDOM);
    check.checkInteger(seed, 'seed', 0, Number.MAX_SAFE_INTEGER);
    this.heap.begin(1, count);
    const out = this.heap.room(count);
    this.module._lab_fill_normal(seed, out, count);
    return this.heap.copy(out, count);
  }

  trace(a: SyncVector, b: SyncVector): DotTrace {
    const n = this.two(a, b);
    const result = this.module.trace(this.heap.put(a), this.heap.put(b), n);
    if (!Number.isFinite(result.result)) finite({ a, b });
    return result;
  }

  pair(a: SyncVector, b: SyncVector): PairNumbers {
    const n = this.two(a, b);
    const result = this.module.pair(this.heap.put(a), this.heap.put(b), n);
    if (!Number.isFinite(result.dot)) finite({ a, b });
    return result;
  }

  explainPair(address: string, a: SyncVector, b: SyncVector): Explanation {
    check.checkText(address, 'address');
    const n = this.two(a, b);
    finite({ a, b });
    return unwrap(this.module.explainPair(address, this.heap.put(a), this.heap.put(b), n));
  }

  /** Whether floats at an address are known to be finite: a length that is finite says so at the kernel's speed. One that overflows leaves it open. */
  allFinite(address: number, floats: number): boolean {
    return Number.isFinite(this.module._lab_norm(address, floats));
  }

  /** Hits as the engine left them at an address: an index and a score each. */
  hits(address: number, count: number): Hit[] {
    const indices = this.heap.integers(address, 2 * count);
    const values = this.heap.view(address, 2 * count);
    return Array.from({ length: count }, (_, i) => ({ index: indices[2 * i] as number, score: values[2 * i + 1] as number }));
  }

  /** Checks one vector and makes room for it and `more` arrays of `floats` in all; its length. */
  private one(a: SyncVector, name = 'a', more = 0, floats = 0): number {
    vector(a, name, this.heap);
    this.heap.begin(1 + more, size(a) + floats);
    return a.length;
  }

  /** Checks two vectors that belong together and makes room for them; their length. */
  private two(a: SyncVector, b: SyncVector): number {
    vector(a, 'a', this.heap);
    vector(b, 'b', this.heap);
    if (a.length !== b.length) check.checkSameLength(a, b);
    this.heap.begin(2, size(a) + size(b));
    return a.length;
  }
}

/** Floats that the work area needs for it. */
export const size = (source: SyncVector) => (source instanceof HeldArray ? 0 : source.length);

/** The numbers, wherever they are. */
const numbers = (source: SyncVector): NumberArray => (source instanceof HeldArray ? source.values : (source as NumberArray));

export function vector(source: SyncVector, name: string, heap: Memory): SyncVector {
  if (!(source instanceof HeldArray)) return check.checkVector(source, name);
  if (source.address === 0) throw new LabError('disposed', `${name} was disposed of. Hold its numbers again.`);
  if (!source.in(heap)) throw new LabError('bad-option', `${name} is held by another engine. Hold its numbers in the one that is asked.`);
  return source;
}

export function matrix(value: SyncMatrix, name: string, heap: Memory): void {
  if (!(value?.data instanceof HeldArray)) check.checkMatrix(value, name);
  else check.checkMatrix({ ...value, data: numbers(vector(value.data, `${name}.data`, heap)) }, name);
}

/** Held numbers that take an answer of so many floats and are none of what is asked about. */
export function target(into: Held, floats: number, sources: readonly SyncVector[], heap: Memory): HeldArray {
  if (!(into instanceof HeldArray)) throw new LabError('bad-option', 'An answer is left in numbers that are held. Make room by `hold`.');
  vector(into, 'into', heap);
  if (into.length !== floats)
    throw new LabError('length-mismatch', `into holds ${into.length} numbers and the answer has ${floats}. Hold as many.`);
  if (sources.includes(into))
    throw new LabError('bad-option', 'into is one of the operands, which are read while the answer is written. Hold other numbers.');
  return into;
}

/** Refuses numbers that are not finite, naming the first. */
export function finite(sources: Record<string, SyncVector>, allow?: 'both' | '-∞'): void {
  for (const [name, source] of Object.entries(sources)) check.checkFinite(numbers(source), name, allow);
}
