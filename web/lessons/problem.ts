// What is wrong with a lesson, where, and what repairs it. Every part of the pipeline reports in this form.

export interface Problem {
  /** Path from the repository's root. */
  file: string;
  /** Counted from 1. */
  line: number;
  what: string;
  repair: string;
}

/** `lessons/010-dot-product/lesson.md:12: what — repair` */
export function problemText({ file, line, what, repair }: Problem): string {
  return `${file}:${line}: ${what} — ${repair}`;
}

/** Thrown where a lesson cannot be rendered. `problems` holds all that was found, in reading order. */
export class LessonError extends Error {
  override readonly name = 'LessonError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.problems = problems;
  }
}

/** Collects the problems of one file. */
export class Report {
  readonly problems: Problem[] = [];
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  add(line: number, what: string, repair: string): void {
    this.problems.push({ file: this.file, line, what, repair });
  }

  throwIfAny(): void {
    if (this.problems.length > 0) throw new LessonError([...this.problems].sort((a, b) => a.line - b.line));
  }
}

/** The nearest of `names` to a misspelt one, as " Did you mean x?", or nothing if none is near. */
export function suggestion(wrong: string, names: Iterable<string>): string {
  let best = '';
  let least = Math.max(2, Math.floor(wrong.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(wrong, name);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best ? ` Did you mean “${best}”?` : '';
}

/** Levenshtein's distance: the least number of letters put in, taken out or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
