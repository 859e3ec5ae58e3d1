// What the page of the site measures: a case of each kind, small enough for a telephone.
import { type Plan, QUICK } from './rounds.ts';

export const PAGE_CASES: readonly string[] = [
  'dot 768',
  'dot 1 000 000',
  'matvec 1 000 × 300',
  'top-10 of 20 000 × 100',
  'top-10 of 20 000 × 100, by index',
  'matmul 256',
  'attention 256, 8 heads of 64',
  'skip-gram, 100 numbers a word',
  'transformer, 32 tokens',
];

export const GENTLE: Plan = { rounds: 15, turnMs: 20, warmUpMs: 200, caseMs: 8000, fewest: 5, gentle: true };
/** For a first look, and for tests. */
export const GLANCE: Plan = { ...QUICK, rounds: 3, turnMs: 4, warmUpMs: 20, caseMs: 500, gentle: true };
