// What a reader has done, kept on their device and nowhere else. Where storage is refused (a frame from another site, a private
// window) it is kept for as long as the page is open.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';

/** How a check came to be done. */
export type Done = 'right' | 'shown';

interface Kept {
  /** The seed that was drawn for this reader, so that they meet the same numbers when they come back. */
  seed: number;
  checks: Record<string, Done>;
  guesses: Record<string, string>;
  /** What stands in each check, as its model packs it. */
  answers: Record<string, string>;
}

/** The part of the browser's Storage that is used. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const prefix = 'dot-by-dot/';

/** The device's storage if it works, else one that lasts as long as the page. */
export function openStore(device: () => Store = () => localStorage): Store {
  try {
    const store = device();
    store.setItem(`${prefix}probe`, '1');
    store.removeItem(`${prefix}probe`);
    return store;
  } catch {
    const memory = new Map<string, string>();
    return {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => void memory.set(key, value),
      removeItem: (key) => void memory.delete(key),
    };
  }
}

export class LessonProgress {
  readonly lesson: string;
  readonly #store: Store;
  readonly #kept: Signal<Kept>;
  /** Which checks are done, and how. */
  readonly checks: ReadonlySignal<Readonly<Record<string, Done>>>;

  constructor(lesson: string, store: Store) {
    this.lesson = lesson;
    this.#store = store;
    this.#kept = signal(this.#read());
    this.checks = computed(() => this.#kept.value.checks);
  }

  /** The reader's own seed for this lesson, 1 to 9,999. Drawn once. */
  get seed(): number {
    const { seed } = this.#kept.peek();
    if (seed > 0) return seed;
    const drawn = 1 + Math.floor(Math.random() * 9999);
    this.#write({ ...this.#kept.peek(), seed: drawn });
    return drawn;
  }

  /** A right answer outlasts a shown one. */
  mark(check: string, how: Done): void {
    const kept = this.#kept.peek();
    if (kept.checks[check] === 'right' || kept.checks[check] === how) return;
    this.#write({ ...kept, checks: { ...kept.checks, [check]: how } });
  }

  guess(id: string): string | undefined {
    return this.#kept.value.guesses[id];
  }

  remember(id: string, guess: string): void {
    const kept = this.#kept.peek();
    this.#write({ ...kept, guesses: { ...kept.guesses, [id]: guess } });
  }

  /** What stood in a check when the reader left it; '' for nothing. */
  answer(check: string): string {
    return this.#kept.peek().answers[check] ?? '';
  }

  /** Keeps what stands in a check; '' takes it out. */
  keep(check: string, answer: string): void {
    const kept = this.#kept.peek();
    if ((kept.answers[check] ?? '') === answer) return;
    const { [check]: _, ...others } = kept.answers;
    this.#write({ ...kept, answers: answer ? { ...others, [check]: answer } : others });
  }

  /** Forgets everything about this lesson, the seed too. */
  reset(): void {
    this.#write({ seed: 0, checks: {}, guesses: {}, answers: {} });
  }

  /** Takes over what another tab wrote. */
  refresh(): void {
    this.#kept.value = this.#read();
  }

  /** What is stored is outside input: whatever is not as it should be counts as nothing. */
  #read(): Kept {
    let found: Partial<Kept> = {};
    try {
      found = (JSON.parse(this.#store.getItem(prefix + this.lesson) ?? '{}') ?? {}) as Partial<Kept>;
    } catch {
      // Not ours, or cut short.
    }
    const record = <T extends string>(value: unknown, fits: (one: unknown) => one is T): Record<string, T> =>
      value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, T] => fits(entry[1])))
        : {};
    return {
      seed: Number.isInteger(found.seed) && Number(found.seed) > 0 ? Number(found.seed) : 0,
      checks: record(found.checks, (one): one is Done => one === 'right' || one === 'shown'),
      guesses: record(found.guesses, (one): one is string => typeof one === 'string'),
      answers: record(found.answers, (one): one is string => typeof one === 'string'),
    };
  }

  #write(kept: Kept): void {
    this.#kept.value = kept;
    try {
      this.#store.setItem(prefix + this.lesson, JSON.stringify(kept));
    } catch {
      // Full or refused since: the page goes on with what it holds.
    }
  }
}

let store: Store | undefined;
const lessons = new Map<string, LessonProgress>();

/** How many of some checks were solved, how many answers were only shown, and how many are still to do. */
export function countDone(checks: Readonly<Record<string, Done>>, ids: readonly string[]): { solved: number; shown: number; open: number } {
  const count = (how: Done) => ids.filter((id) => checks[id] === how).length;
  const [solved, shown] = [count('right'), count('shown')];
  return { solved, shown, open: ids.length - solved - shown };
}

/** The one record of a lesson on this page; other tabs' changes arrive by themselves. */
export function progressOf(lesson: string): LessonProgress {
  if (!store) {
    store = openStore();
    if (typeof addEventListener === 'function') {
      addEventListener('storage', (event) => {
        const { key } = event as StorageEvent;
        for (const one of lessons.values()) if (key === null || key === prefix + one.lesson) one.refresh();
      });
    }
  }
  let found = lessons.get(lesson);
  if (!found) {
    found = new LessonProgress(lesson, store);
    lessons.set(lesson, found);
  }
  return found;
}
