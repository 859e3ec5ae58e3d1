// Where a page says how the checks of a lesson are loaded, and where <dot-check> asks for them.
import type { CheckSpec, CompiledChecks } from './check_spec.ts';

type Load = () => Promise<{ default: CompiledChecks }>;

const loaders = new Map<string, Load>();
const loaded = new Map<string, Promise<CompiledChecks>>();
const waiting = new Map<string, (() => void)[]>();

/** Says how to load the checks of a lesson: usually `() => import('…')` of the module that the build generated. */
export function provideChecks(lesson: string, load: Load): void {
  loaders.set(lesson, load);
  loaded.delete(lesson);
  for (const go of waiting.get(lesson) ?? []) go();
  waiting.delete(lesson);
}

/** All checks of a lesson. Waits until someone has said how to load them. */
export async function checksOf(lesson: string): Promise<CompiledChecks> {
  if (!loaders.has(lesson)) await new Promise<void>((go) => waiting.set(lesson, [...(waiting.get(lesson) ?? []), go]));
  let found = loaded.get(lesson);
  if (!found) {
    found = (loaders.get(lesson) as Load)().then((module) => module.default);
    loaded.set(lesson, found);
    found.catch(() => loaded.delete(lesson));
  }
  return found;
}

/** One check. Throws an Error if the lesson has none of this id. */
export async function checkOf(lesson: string, id: string): Promise<CheckSpec> {
  const { checks } = await checksOf(lesson);
  const found = checks.find((check) => check.id === id);
  if (!found) throw new Error(`The lesson “${lesson}” has no check “${id}”. It has ${checks.map((check) => check.id).join(', ')}.`);
  return found;
}
