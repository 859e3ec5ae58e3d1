// What is measured outside the browser: the sizes of the other benchmark, as the programs are told them.
import { CASES, type Case } from '../../../web/bench/cases.ts';
import type { Target } from '../../../web/bench/types.ts';

export interface NativeCase extends Case {
  /** As in `prepare dot 768`. */
  asked: string;
}

const SSE = 'OpenBLAS, SSE';
const TARGETS: Record<string, Target> = {
  'dot 768': { against: SSE, relaxed: 0.8, simd128: 0.8 },
  'dot 12 288': { against: SSE, relaxed: 0.8, simd128: 0.8 },
  'dot 1 000 000': { against: SSE, relaxed: 0.95, simd128: 0.95 },
};

function asked(name: string): string | undefined {
  const [, kind, rows = '', columns = ''] = /^(dot|matvec|matmul) ([\d ]+?)(?: × (\d+))?$/.exec(name) ?? [];
  return kind && [kind, rows.replaceAll(' ', ''), columns].join(' ').trim();
}

/** Dot products, products with a vector and of matrices, where operands are held. Only what is read is measured as a limit here. */
export const NATIVE_CASES: NativeCase[] = CASES.flatMap((one) => {
  const words = asked(one.name);
  const limit = one.limit?.kind === 'read' ? { ...one.limit, share: undefined } : undefined;
  return words ? [{ ...one, asked: words, target: TARGETS[one.name], limit }] : [];
});
