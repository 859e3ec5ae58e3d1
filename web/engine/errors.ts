/** What the engine's C++ side and the worker send in place of an answer. */
export interface ErrorRecord {
  code: string;
  message: string;
  detail: string;
}

/**
 * What every call rejects with. The message says what was wrong, where, and what to do.
 *
 * | code | when |
 * |---|---|
 * | `length-mismatch` | two things that must be of the same length are not |
 * | `empty-vector` | a vector without numbers |
 * | `not-numbers` | not an array of numbers, or an entry that is not a number |
 * | `not-finite` | NaN, ±∞, or a number too large for a 32-bit float |
 * | `bad-shape` | a matrix whose data is not rows · columns long |
 * | `zero-vector` | a vector of length 0 where a direction is needed |
 * | `out-of-range` | a count, seed or temperature outside what is allowed |
 * | `bad-option` | an option that is not known or not of the right kind |
 * | `unknown-word` | not in the vocabulary; `detail` holds near spellings, joined by commas |
 * | `unknown-address` | no number stands at this address |
 * | `unknown-name` | the lab ships no transformer of this name |
 * | `too-long` | a text has more tokens than a model reads; `detail` says how many UTF-16 units fit |
 * | `not-causal` | asked of a model that reads in both directions what only one that writes can answer |
 * | `no-file` | the lab came without this model |
 * | `not-found` | a file is not where it was looked for |
 * | `network` | a file could not be fetched |
 * | `bad-file` | a file is not what it should be: cut short, changed, or something else |
 * | `duplicate-word`, `bad-word` | of one's own vectors: a word twice, or an empty one |
 * | `empty-vocabulary` | a text with fewer than two different words that occur often enough |
 * | `diverged` | a training ran away: its numbers are no longer finite |
 * | `blocked` | the page's Content-Security-Policy forbids WebAssembly |
 * | `race-disagrees` | the two contestants of a race computed different numbers |
 * | `no-simd` | the browser is too old for WebAssembly SIMD |
 * | `out-of-memory` | the engine cannot get the memory for this |
 * | `aborted` | the caller's AbortSignal said so |
 * | `worker-died` | the engine's worker stopped; it starts again on the next call |
 * | `disposed` | the lab, or these vectors, were disposed of |
 */
export class LabError extends Error {
  override readonly name = 'LabError';
  /** Stable, for programs. */
  readonly code: string;
  /** Extra for programs, such as near spellings joined by commas; may be empty. */
  readonly detail: string;

  constructor(code: string, message: string, detail = '') {
    super(message);
    this.code = code;
    this.detail = detail;
  }

  /** What crosses from the worker. */
  toRecord(): ErrorRecord {
    return { code: this.code, message: this.message, detail: this.detail };
  }

  static fromRecord({ code, message, detail }: ErrorRecord): LabError {
    return new LabError(code, message, detail);
  }
}

/** What the engine's C++ side answers where a question can fail. */
export type Outcome<T> = { value: T; error?: undefined } | { error: ErrorRecord; value?: undefined };

/** The value, or the error thrown. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.error) throw LabError.fromRecord(outcome.error);
  return outcome.value as T;
}
