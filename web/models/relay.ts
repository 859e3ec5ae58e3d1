// The public interface of the engine carried to a reader's own worker: calls come in as names and values, and what cannot cross
// (an object with methods) stays here under a number. Only what is listed may be called.
import type { Lab } from '../engine/index.ts';

interface Face {
  /** Plain data, sent along. */
  fields: readonly string[];
  methods: readonly string[];
}

export type FaceName = 'lab' | 'vectors' | 'pair';

export const faces: Readonly<Record<FaceName, Face>> = {
  lab: {
    fields: ['binary'],
    methods: [
      'dot',
      'norm',
      'cosine',
      'normalize',
      'matvec',
      'matmul',
      'softmax',
      'topK',
      'random.normal',
      'trace',
      'pair',
      'explainPair',
      'race',
      'vectors',
      'vectorsFrom',
      'memory',
    ],
  },
  vectors: {
    fields: ['name', 'size', 'dimensions'],
    methods: ['words', 'has', 'vector', 'unit', 'similarity', 'nearest', 'analogy', 'plane', 'benchmark', 'explain', 'dispose'],
  },
  pair: { fields: ['dot', 'normA', 'normB', 'cosine', 'angleDegrees', 'unitA', 'unitB', 'products', 'running'], methods: ['explain'] },
};

/** Methods whose answer has methods of its own. */
const opens: Readonly<Record<string, FaceName>> = { vectors: 'vectors', vectorsFrom: 'vectors', pair: 'pair' };

/** What stands in for an object with methods. */
export interface Handle {
  handle: number;
  fields: Record<string, unknown>;
  methods: readonly string[];
}

export interface Ask {
  type: 'ask';
  id: number;
  handle: number;
  method: string;
  /** A function among them is {callback: number}. */
  args: unknown[];
}

export type Told =
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'opened'; id: number; opened: Handle }
  | { type: 'refused'; id: number; error: { name: string; code: string; message: string; detail: string } }
  | { type: 'called'; callback: number; args: unknown[] };

/** One run's view of the engine. */
export class Relay {
  readonly #objects = new Map<number, { object: Record<string, unknown>; face: FaceName }>();
  #next = 1;

  /** The engine itself has the number 0. */
  open(lab: Lab): Handle {
    return this.#keep(lab as unknown as Record<string, unknown>, 'lab', 0);
  }

  async answer({ id, handle, method, args }: Ask, tell: (told: Told) => void): Promise<void> {
    try {
      const found = this.#objects.get(handle);
      if (!found) throw new Error('This object is gone: its run has ended.');
      const { methods } = faces[found.face];
      if (!methods.includes(method)) throw new TypeError(`${found.face} has no method ${method}. It has ${methods.join(', ')}.`);
      const path = method.split('.');
      const last = path.pop() as string;
      const owner = path.reduce((object, name) => object[name] as Record<string, unknown>, found.object);
      const call = owner[last] as (...values: unknown[]) => Promise<unknown>;
      const value = await call.apply(
        owner,
        args.map((one) => this.#withCallbacks(one, tell)),
      );
      const face = found.face === 'lab' ? opens[method] : undefined;
      if (face) tell({ type: 'opened', id, opened: this.#keep(value as Record<string, unknown>, face, this.#next++) });
      else tell({ type: 'answer', id, value });
    } catch (error) {
      const {
        name = 'Error',
        code = '',
        message = String(error),
        detail = '',
      } = error as Partial<{ name: string; code: string; message: string; detail: string }>;
      tell({ type: 'refused', id, error: { name, code, message, detail } });
    }
  }

  #keep(object: Record<string, unknown>, face: FaceName, handle: number): Handle {
    this.#objects.set(handle, { object, face });
    const { fields, methods } = faces[face];
    return { handle, fields: Object.fromEntries(fields.map((name) => [name, object[name]])), methods };
  }

  /** Functions in options (onProgress) call back into the worker. */
  #withCallbacks(value: unknown, tell: (told: Told) => void): unknown {
    if (value === null || typeof value !== 'object' || Array.isArray(value) || ArrayBuffer.isView(value)) return value;
    const { callback } = value as { callback?: unknown };
    if (typeof callback === 'number') return (...args: unknown[]) => tell({ type: 'called', callback, args });
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.#withCallbacks(one, tell)]));
  }
}
