// What the numbers of a probe's reading are called, with the words of the text and the names of the classes; below them those of the run.
import type { ProbeReading, TextToken, Transformer, TransformerRun } from '../engine/index.ts';
import type { Name, Naming } from './naming.ts';
import { quoteToken } from './transformer_families.ts';
import { transformerNaming } from './transformer_names.ts';
import type { Explains } from './unfold.ts';

export interface ProbeText {
  tokens: readonly Pick<TextToken, 'text'>[];
  classes: readonly string[];
  layer: number;
}

/** Words for the addresses `probe/…`; places and components count from 1, the beginning of a text is place 0. */
export function probeNaming({ tokens, classes, layer }: ProbeText): Naming {
  const first = tokens[0]?.text === '␂' ? 0 : 1;
  const says = (t: number) => quoteToken(tokens[t]?.text ?? '');
  const at = (t: number) => `${says(t)} (place ${t + first}), layer ${layer}`;
  const of = (k: number) => classes[k] ?? `class ${k + 1}`;
  const sides = `${of(1)} minus ${of(0)}`;
  const made: Record<string, (a: number, b: number) => Name> = {
    score: (t, k) => ({ short: `${of(k)} ${says(t)}`, long: `score of ${of(k)} for ${at(t)}` }),
    dot: (t, k) => ({ short: `vector · ${says(t)}`, long: `class vector of ${of(k)} times the state of ${at(t)}` }),
    probability: (t, k) => ({ short: `P ${of(k)} ${says(t)}`, long: `probability of ${of(k)} for ${at(t)}` }),
    exp: (t, k) => ({ short: `exp ${of(k)}`, long: `exponential for ${of(k)} at ${at(t)}` }),
    gap: (t, k) => ({ short: `gap ${of(k)}`, long: `score of ${of(k)} less the largest, at ${at(t)}` }),
    largest: (t) => ({ short: `largest ${says(t)}`, long: `largest score of ${at(t)}` }),
    exp_sum: (t) => ({ short: `Σ exp ${says(t)}`, long: `sum of the exponentials at ${at(t)}` }),
    margin: (t) => ({ short: `margin ${says(t)}`, long: `how far ${at(t)}, is on the side of ${of(1)}` }),
    projection: (t) => ({ short: `direction · ${says(t)}`, long: `direction ${sides} times the state of ${at(t)}` }),
    weight: (k, i) => component(`${of(k)}`, `class vector of ${of(k)}`, i),
    difference: (i) => component('direction', `direction ${sides}`, i),
    bias: (k) => ({ short: `bias ${of(k)}`, long: `bias of ${of(k)}` }),
    bias_difference: () => ({ short: 'bias', long: `bias of ${of(1)} minus bias of ${of(0)}` }),
  };
  return {
    name(address) {
      const [, family = '', a, b] = /^probe\/([a-z_]+)(?:\[(\d+)(?:,(\d+))?\])?$/.exec(address) ?? [];
      const whole = (text: string | undefined) => (text === undefined ? Number.NaN : Number(text));
      return made[family]?.(whole(a), whole(b)) ?? null;
    },
    places: (address) => (/^probe\/(?:weight\[\d+\]|difference)$/.test(address) ? { what: 'component', name: (i) => String(i + 1) } : null),
  };
}

/** A component of a vector, or the vector itself where no component is named. */
function component(short: string, long: string, i: number): Name {
  return Number.isNaN(i) ? { short, long } : { short: `${short} ${i + 1}`, long: `${long}, component ${i + 1}` };
}

const named = new WeakMap<ProbeReading, Explains>();

/** A reading as a source of numbers that carry the text's words, down to the run's own; the same reading gives the same source. */
export function namedReading(
  reading: ProbeReading,
  run: TransformerRun,
  model: Pick<Transformer, 'layers' | 'heads' | 'width' | 'causal'>,
  of: { classes: readonly string[]; layer: number },
): Explains {
  const before = named.get(reading);
  if (before) return before;
  const probe = probeNaming({ tokens: run.tokens, ...of });
  const below = transformerNaming({ ...pick(model), tokens: run.tokens, vocabulary: () => undefined });
  const source: Explains = {
    explain: (address) => reading.explain(address),
    naming: {
      name: (address) => probe.name(address) ?? below.name(address),
      places: (address) => probe.places?.(address) ?? below.places?.(address) ?? null,
      ground: (explanation) => (explanation.address.startsWith('transformer/') ? (below.ground?.(explanation) ?? null) : null),
    },
  };
  named.set(reading, source);
  return source;
}

const pick = ({ layers, heads, width, causal }: Pick<Transformer, 'layers' | 'heads' | 'width' | 'causal'>) => ({
  layers,
  heads,
  width,
  causal,
});
