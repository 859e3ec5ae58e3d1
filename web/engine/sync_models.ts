// The second module on the thread that asks: attention, its output alone, and word vectors in the making. Part of `dot-by-dot/sync`.
import { LabError } from './errors.ts';
import { finite, matrix, size, target } from './kernels.ts';
import { bestBinary, compileModels } from './load.ts';
import type { Models } from './models.ts';
import { LocalSkipGram } from './skip_gram_sync.ts';
import type { SkipGramOptions, SyncSkipGram } from './skip_gram_types.ts';
import { checkSkipGram } from './skip_gram_words.ts';
import type { Binary, Held, HeldMatrix, Into, LoadOptions, Matrix, NumberArray, SyncMatrix } from './types.ts';
import * as check from './validate.ts';

/** How {@link SyncModels} is to attend. */
export interface SyncAttentionOptions {
  /** How many heads lie side by side in each row; they divide its width. 1 unless given. */
  heads?: number;
  /** Which keys a query may look at: all, or (`causal`) those that are not after it. `none` unless given. */
  mask?: 'none' | 'causal';
  /** What each q·k is multiplied with, any finite number; 1/√d unless given, d the width of a head's query. */
  scale?: number;
}

/** The engine's second module, answering at once on the thread that asks, with a memory of its own. */
export interface SyncModels {
  readonly binary: Binary;
  /**
   * Scaled dot-product attention (Vaswani et al. 2017), the weighted sums of values alone: softmax(scale · Q Kᵀ) V, head beside head. No matrix of T × S is made.
   * {@link Lab} has the same with every intermediate.
   * @param query [T, H·d]
   * @param key [S, H·d]
   * @param value [S, H·e]; the answer is [T, H·e]
   * @throws {LabError} `bad-shape`, `length-mismatch`, `out-of-range`, `not-finite`, `not-numbers`, `bad-option`, `out-of-memory`
   */
  attention(query: SyncMatrix, key: SyncMatrix, value: SyncMatrix, options?: SyncAttentionOptions): Matrix;
  attention(query: SyncMatrix, key: SyncMatrix, value: SyncMatrix, options: SyncAttentionOptions & Into): HeldMatrix;
  /**
   * Begin to learn the words of a text: words are what stands between spaces, paragraphs what stands between line ends. Nothing is trained yet. {@link Lab} has the same in its worker.
   * @throws {LabError} `empty-vocabulary` (fewer than two different words), `bad-option`, `out-of-range`, `out-of-memory`
   */
  skipGram(text: string, options?: SkipGramOptions): SyncSkipGram;
  /**
   * Copy numbers into this module: those that a {@link SyncLab} holds lie in another memory.
   * @throws {LabError} `empty-vector`, `not-numbers`, `out-of-memory`
   */
  hold(values: NumberArray): Held;
  /** Bytes of the module: its whole heap, and what of it is in use. */
  memory(): { heapBytes: number; usedBytes: number };
}

/**
 * Open the second module, with a memory of its own, so that it answers at once. For a worker of one's own and for Node.
 * @throws {LabError} `no-simd`, `not-found`, `network`, `bad-file`, `bad-option`
 */
export async function createModels(options: LoadOptions = {}): Promise<SyncModels> {
  const binary = await bestBinary(options);
  // Fetched when it is asked for: who wants the core alone has nothing of this.
  const [compiled, { openModels }] = await Promise.all([compileModels(binary, options), import('./models.ts')]);
  return new SyncModule(await openModels(compiled), binary);
}

class SyncModule implements SyncModels {
  constructor(
    private readonly models: Models,
    readonly binary: Binary,
  ) {}

  attention(query: SyncMatrix, key: SyncMatrix, value: SyncMatrix, options?: SyncAttentionOptions): Matrix;
  attention(query: SyncMatrix, key: SyncMatrix, value: SyncMatrix, options: SyncAttentionOptions & Into): HeldMatrix;
  attention(
    query: SyncMatrix,
    key: SyncMatrix,
    value: SyncMatrix,
    options: SyncAttentionOptions & Partial<Into> = {},
  ): Matrix | HeldMatrix {
    const { heap, module } = this.models;
    for (const [name, m] of Object.entries({ query, key, value })) matrix(m, name, heap);
    const { heads = 1, mask = 'none', scale, into } = options;
    check.checkInteger(heads, 'heads', 1, check.MOST);
    check.checkOneOf(mask, 'mask', ['none', 'causal']);
    if (scale !== undefined) check.checkNumber(scale, 'scale');
    checkShapes(query, key, value, heads);
    const [T, S, d, e] = [query.rows, key.rows, query.columns / heads, value.columns / heads];
    const floats = T * value.columns;
    const kept = into && target(into, floats, [query.data, key.data, value.data], heap);
    const workspace = module._lab_attend_workspace(T, S, heads, d, e) >>> 0;
    heap.begin(5, size(query.data) + size(key.data) + size(value.data) + workspace + (kept ? 0 : floats));
    const [room, out] = [heap.room(workspace), kept?.address ?? heap.room(floats)];
    const [q, k, v] = [heap.put(query.data), heap.put(key.data), heap.put(value.data)];
    const known = module._lab_attend(q, k, v, T, S, heads, d, e, scale ?? 1 / Math.sqrt(d), Number(mask === 'causal'), room, out);
    // What is not finite in queries or values reaches the output; a score beyond the range of floats does too.
    if (known || heap.view(out, floats).every(Number.isFinite)) {
      const shape = { rows: T, columns: value.columns };
      return kept ? { ...shape, data: kept } : { ...shape, data: heap.copy(out, floats) };
    }
    finite({ 'query.data': query.data, 'key.data': key.data, 'value.data': value.data });
    throw new LabError('not-finite', 'A product of a query and a key is beyond a 32-bit float. Make the numbers smaller.');
  }

  skipGram(text: string, options: SkipGramOptions = {}): SyncSkipGram {
    return new LocalSkipGram(this.models, checkSkipGram(text, options));
  }

  hold(values: NumberArray): Held {
    return this.models.heap.hold(check.checkVector(values, 'values'));
  }

  memory(): { heapBytes: number; usedBytes: number } {
    return { heapBytes: this.models.heap.heapBytes, usedBytes: this.models.heap.usedBytes };
  }
}

function checkShapes(query: SyncMatrix, key: SyncMatrix, value: SyncMatrix, heads: number): void {
  const said = (name: string, { rows, columns }: SyncMatrix) => `${name} is ${rows} × ${columns}`;
  if (query.columns !== key.columns)
    throw new LabError('length-mismatch', `${said('query', query)} and ${said('key', key)}. Give both as many columns.`);
  if (key.rows !== value.rows)
    throw new LabError('length-mismatch', `${said('key', key)} and ${said('value', value)}. Give both as many rows.`);
  for (const [name, { columns }] of Object.entries({ query, value })) {
    if (columns % heads !== 0)
      throw new LabError(
        'out-of-range',
        `${heads} heads do not divide the ${columns} columns of ${name}. Give a number of heads that does.`,
      );
  }
}
