// The public interface of the engine carried to a reader's own worker: calls come in as names and values, and what cannot cross
// (an object with methods) stays here under a number. Only what is listed may be called.
import type { Lab } from '../engine/index.ts';
import { type FaceName, faces } from './faces.ts';

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
  /** A function among them is {callback: number}, an object that was opened {opened: number}. */
  args: unknown[];
}

export type Told =
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'opened'; id: number; opened: Handle }
  /** An answer of which some parts have methods of their own. */
  | { type: 'parts'; id: number; value: Record<string, unknown>; opened: Record<string, Handle> }
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
        args.map((one) => this.#restored(one, tell)),
      );
      tell(this.#told(id, value, faces[found.face].opens?.[method]));
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

  /** The answer as it crosses: what has methods stays here. */
  #told(id: number, value: unknown, face: FaceName | Readonly<Record<string, FaceName>> | undefined): Told {
    if (!face) return { type: 'answer', id, value };
    if (typeof face === 'string') return { type: 'opened', id, opened: this.#keep(value as Record<string, unknown>, face, this.#next++) };
    const all = value as Record<string, unknown>;
    const opened = Object.entries(face).map(([name, one]) => [name, this.#keep(all[name] as Record<string, unknown>, one, this.#next++)]);
    const plain = Object.entries(all).filter(([name]) => !(name in face));
    return { type: 'parts', id, value: Object.fromEntries(plain), opened: Object.fromEntries(opened) };
  }

  #keep(object: Record<string, unknown>, face: FaceName, handle: number): Handle {
    this.#objects.set(handle, { object, face });
    const { fields, methods } = faces[face];
    return { handle, fields: Object.fromEntries(fields.map((name) => [name, object[name]])), methods };
  }

  /** Functions in options (onProgress) call back into the worker; what was opened here is itself again. */
  #restored(value: unknown, tell: (told: Told) => void): unknown {
    if (value === null || typeof value !== 'object' || Array.isArray(value) || ArrayBuffer.isView(value)) return value;
    const { callback, opened } = value as { callback?: unknown; opened?: unknown };
    if (typeof callback === 'number') return (...args: unknown[]) => tell({ type: 'called', callback, args });
    if (typeof opened === 'number') return this.#objects.get(opened)?.object;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.#restored(one, tell)]));
  }
}
