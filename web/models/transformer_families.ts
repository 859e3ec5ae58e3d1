// The families of a transformer's addresses (engine/models/transformer/transformer_families.cpp), each with its words.
import type { TextToken } from '../engine/index.ts';
import type { Name, PlaceNames } from './naming.ts';

/** What names are made from. */
export interface NamedText {
  tokens: readonly Pick<TextToken, 'text'>[];
  layers: number;
  heads: number;
  /** D */
  width: number;
  causal: boolean;
  /** The text of a token of the vocabulary, where it is known. */
  vocabulary(id: number): string | undefined;
}

/** Where a number stands: in a head, in a layer (head 0), or outside of all (layer 0). */
export interface Part {
  layer: number;
  head: number;
}

/** A token as it is called in a sentence: “cat”; marks that have no letters of their own in words. */
export function quoteToken(text: string): string {
  if (text === '␂') return 'the start';
  if (text === '[blank]') return 'the blank';
  return text.trim() ? `“${text.trim()}”` : text.includes('\n') ? 'the line end' : 'a space';
}

export interface Family {
  /** How many places a number of it takes. */
  places: number;
  number(part: Part, places: readonly number[]): Name;
  /** A row of it: an address with one place fewer. */
  row?(part: Part, places: readonly number[]): Name;
  /** What the places of such a row are. */
  along?: PlaceNames;
  /** Of learned numbers: what they are part of. */
  learned?: string;
}

/** By name; those of a layer after `L/`, those of a head after `H/`. */
export type Families = Readonly<Record<string, Family>>;

const components: PlaceNames = { what: 'component', name: (i) => String(i + 1) };
const units: PlaceNames = { what: 'hidden unit', name: (i) => String(i + 1) };

/** The three norms: after the last layer, before attention, before the feed-forward part. */
const norms = [
  { suffix: '', when: 'after the last layer', made: 'brought to one size after the last layer' },
  { suffix: '1', when: 'before attention', made: 'brought to one size before attention' },
  { suffix: '2', when: 'after attention', made: 'brought to one size before the feed-forward part' },
] as const;

export function families(text: NamedText): Families {
  const first = text.tokens[0]?.text === '␂' ? 0 : 1;
  const says = (t = 0) => quoteToken(text.tokens[t]?.text ?? '');
  /** “cat” (place 5) */
  const at = (t = 0) => (t < text.tokens.length ? `${says(t)} (place ${t + first})` : `place ${t + first}`);
  /** “ was”: spaces tell tokens of a vocabulary apart. */
  const token = (v = 0) => {
    const known = text.vocabulary(v);
    return known === undefined ? `token ${v}` : known.trim() && known !== '␂' && known !== '[blank]' ? `“${known}”` : quoteToken(known);
  };
  const tight = (v = 0) => token(v).replace(/^“ /, '“');
  const tokens: PlaceNames = { what: 'token', name: (t) => `${t + first} ${says(t)}` };
  const vocabulary: PlaceNames = { what: 'token', name: token };
  const after = text.causal ? 'after' : 'at';

  const place = ({ layer, head }: Part) => `${layer > 0 ? `, layer ${layer}` : ''}${head > 0 ? `, head ${head}` : ''}`;
  const brief = ({ layer, head }: Part) => `${layer > 0 ? `L${layer} ` : ''}${head > 0 ? `H${head} ` : ''}`;

  /** A row of a token, and its components. before + “cat” (place 5) + behind, layer 2, component 17. */
  const row = (before: string, behind: string, short: (word: string) => string): Family => {
    const whole = (part: Part, t: number): Name => ({
      short: `${brief(part)}${short(says(t))}`,
      long: `${before}${at(t)}${behind}${place(part)}`,
    });
    return {
      places: 2,
      number(part, [t = 0, i = 0]) {
        const { short, long } = whole(part, t);
        return { short: `${short}, ${i + 1}`, long: `${long}, component ${i + 1}` };
      },
      row: (part, [t = 0]) => whole(part, t),
      along: components,
    };
  };
  /** One number of a token. */
  const one = (before: string, behind: string, short: (word: string) => string): Family => ({
    places: 1,
    number: (part, [t = 0]) => ({ short: `${brief(part)}${short(says(t))}`, long: `${before}${at(t)}${behind}${place(part)}` }),
  });
  /** Hidden units of a token. */
  const hidden = (behind: string, short: string): Family => ({
    places: 2,
    number: (part, [t = 0, j = 0]) => ({
      short: `${brief(part)}${short} ${j + 1}, ${says(t)}`,
      long: `hidden unit ${j + 1} of ${at(t)}${behind}${place(part)}`,
    }),
    row: (part, [t = 0]) => ({ short: `${brief(part)}${short}, ${says(t)}`, long: `hidden units of ${at(t)}${behind}${place(part)}` }),
    along: units,
  });
  /** A token looks at another: “cat” (place 5) … “the” (place 1), layer 2, head 3. */
  const pair = (before: string, between: string, short: string, whole: string, behind = ''): Family => ({
    places: 2,
    number(part, [t = 0, s = 0]) {
      const masked = text.causal && s > t ? ', hidden by the mask' : '';
      return {
        short: `${brief(part)}${short} ${says(t)}→${says(s)}`,
        long: `${before}${at(t)}${between}${at(s)}${behind}${place(part)}${masked}`,
      };
    },
    row: (part, [t = 0]) => ({ short: `${brief(part)}${whole} ${says(t)}`, long: `${whole} of ${at(t)}${place(part)}` }),
    along: tokens,
  });
  /** A number of a token of the vocabulary at a place. */
  const scored = (name: string, short: string, behind = ''): Family => ({
    places: 2,
    number: (_, [t = 0, v = 0]) => ({
      short: `${short} ${tight(v)}`,
      long: `${name} of ${token(v)} ${after} ${at(t)}${behind}`,
    }),
    row: (_, [t = 0]) => ({ short: `${short}s`, long: `${name}s ${after} ${at(t)}` }),
    along: vocabulary,
  });
  const row_of_scores = (name: string, short: string): Family => ({
    places: 1,
    number: (_, [t = 0]) => ({ short, long: `${name} ${after} ${at(t)}` }),
  });

  const of_norms: Record<string, Family> = {};
  for (const { suffix, when, made } of norms) {
    const scope = suffix ? 'L/' : '';
    const add = (name: string, family: Family) => {
      of_norms[`${scope}${name}${suffix}`] = family;
    };
    add(
      'squares',
      one('sum of the squares of ', ` ${when}`, (word) => `Σx² ${word}`),
    );
    add(
      'mean_square',
      one('mean square of ', ` ${when}`, (word) => `mean x² ${word}`),
    );
    add(
      'rms',
      one('root mean square of ', ` ${when}`, (word) => `rms ${word}`),
    );
    add(
      'scaled',
      row('', ` ${when}, divided by its root mean square`, (word) => `${word} ÷ rms`),
    );
    add(
      'norm',
      row('', ` ${made}`, (word) => `${word} at one size`),
    );
    add('gain', {
      places: 1,
      number: (part, [i = 0]) => ({
        short: `${brief(part)}gain, ${i + 1}`,
        long: `gain ${suffix === '2' ? 'before the feed-forward part' : when}${place(part)}, component ${i + 1}`,
      }),
      row: (part) => ({
        short: `${brief(part)}gains`,
        long: `gains ${suffix === '2' ? 'before the feed-forward part' : when}${place(part)}`,
      }),
      along: components,
      learned: `one of the ${text.width} gains by which every row is multiplied ${suffix === '2' ? 'before the feed-forward part' : when}`,
    });
  }

  /** A matrix of weights: rows[i] carry what goes in, columns[c] what comes out. */
  const matrix = (name: string, short: string, from: string, to: string, learned: string): Family => ({
    places: 2,
    number: (part, [i = 0, c = 0]) => ({
      short: `${brief(part)}${short} ${i + 1}→${c + 1}`,
      long: `${name}${place(part)}, from ${from} ${i + 1} to ${to} ${c + 1}`,
    }),
    learned,
  });
  /** A column of it: the weights into one of what comes out. */
  const column = (name: string, short: string, to: string, along: PlaceNames): Family => ({
    places: 2,
    number: (part, [c = 0, i = 0]) => ({
      short: `${brief(part)}${short} ${i + 1}→${c + 1}`,
      long: `${name} ${to} ${c + 1}${place(part)}, place ${i + 1}`,
    }),
    row: (part, [c = 0]) => ({ short: `${brief(part)}${short} →${c + 1}`, long: `${name} ${to} ${c + 1}${place(part)}` }),
    along,
  });
  const of_head = (kind: 'query' | 'key' | 'value', plural: string): Record<string, Family> => ({
    [`H/${kind}`]: row(`${kind} of `, '', (word) => `${kind} ${word}`),
    [`H/${kind}_weights`]: matrix(
      `weight of the ${plural}`,
      `${kind} weight`,
      'component',
      'component',
      `one of those that turn every row into its ${kind} in this head`,
    ),
    [`H/${kind}_weights_column`]: column(`weights of the ${plural}`, `${kind} weights`, 'to component', components),
  });

  return {
    ...of_norms,
    tokens: {
      places: 2,
      number: (_, [v = 0, i = 0]) => ({ short: `row ${tight(v)}, ${i + 1}`, long: `row of the token ${token(v)}, component ${i + 1}` }),
      row: (_, [v = 0]) => ({ short: `row ${tight(v)}`, long: `row of the token ${token(v)}` }),
      along: components,
      learned: `in the row that stands for this token, its embedding of ${text.width} components`,
    },
    positions: {
      places: 2,
      number: (_, [p = 0, i = 0]) => ({
        short: `place ${p + first} row, ${i + 1}`,
        long: `row of place ${p + first}, component ${i + 1}`,
      }),
      row: (_, [p = 0]) => ({ short: `place ${p + first} row`, long: `row of place ${p + first}` }),
      along: components,
      learned: 'in the row that stands for this place, whichever token stands there',
    },
    x: row('', ' as it enters layer 1', (word) => `${word} in`),
    logit: scored('logit', 'logit'),
    largest: row_of_scores('the largest logit', 'largest logit'),
    gap: scored('logit', 'gap', ', less the largest'),
    exp: scored('exponential', 'exp'),
    exp_sum: row_of_scores('sum of the exponentials', 'Σ exp'),
    probability: scored('probability', 'probability'),
    'L/qkv': matrix(
      'weight of queries, keys and values',
      'qkv weight',
      'component',
      'column',
      'one of those that make queries, keys and values',
    ),
    'L/qkv_column': column('weights of queries, keys and values', 'qkv weights', 'to column', components),
    'L/mixed': row('what all heads gather for ', '', (word) => `gathered ${word}`),
    'L/output': matrix(
      'weight of the heads’ output',
      'output weight',
      'gathered component',
      'component',
      'one of those that turn what the heads gather into what attention adds',
    ),
    'L/output_column': column('weights of the heads’ output', 'output weights', 'to component', components),
    'L/attended': row('what attention adds to ', '', (word) => `attention adds ${word}`),
    'L/middle': row('', ' after attention', (word) => `${word} after attention`),
    'L/up': matrix('weight', 'up weight', 'component', 'hidden unit', 'one of those that turn a row into hidden units'),
    'L/up_column': column('weights', 'up weights', 'into hidden unit', components),
    'L/hidden': hidden(' before GELU', 'z of unit'),
    'L/active': hidden('', 'unit'),
    'L/down': matrix(
      'weight',
      'down weight',
      'hidden unit',
      'component',
      'one of those that turn hidden units into what the feed-forward part adds',
    ),
    'L/down_column': column('weights of the hidden units', 'down weights', 'to component', units),
    'L/fed': row('what the feed-forward part adds to ', '', (word) => `feed-forward adds ${word}`),
    'L/out': {
      ...row('', '', (word) => word),
      number: ({ layer }, [t = 0, i = 0]) => ({
        short: `${says(t)} after L${layer}, ${i + 1}`,
        long: `${at(t)} after layer ${layer}, component ${i + 1}`,
      }),
      row: ({ layer }, [t = 0]) => ({ short: `${says(t)} after L${layer}`, long: `${at(t)} after layer ${layer}` }),
    },
    ...of_head('query', 'queries'),
    ...of_head('key', 'keys'),
    ...of_head('value', 'values'),
    'H/value_column': {
      places: 2,
      number: (part, [e = 0, t = 0]) => ({
        short: `${brief(part)}value ${says(t)}, ${e + 1}`,
        long: `value of ${at(t)}${place(part)}, component ${e + 1}`,
      }),
      row: (part, [e = 0]) => ({ short: `${brief(part)}values, ${e + 1}`, long: `component ${e + 1} of the values${place(part)}` }),
      along: tokens,
    },
    'H/dot': pair('query of ', ' · key of ', 'q·k', 'query · key'),
    'H/score': pair('score of ', ' for ', 'score', 'scores'),
    'H/weight': pair('weight of ', ' on ', 'weight', 'weights'),
    'H/gap': pair('score of ', ' for ', 'gap', 'gaps', ', less the largest'),
    'H/exp': pair('exponential of ', ' for ', 'exp', 'exponentials'),
    'H/largest': one('the largest score of ', '', (word) => `largest score ${word}`),
    'H/exp_sum': one('sum of the exponentials of ', '', (word) => `Σ exp ${word}`),
    'H/mix': row('what ', ' gathers', (word) => `${word} gathers`),
    'H/part': row('what the head adds to ', '', (word) => `head adds ${word}`),
    'H/output_column': column('weights of this head’s output', 'output weights', 'to component', components),
  };
}
