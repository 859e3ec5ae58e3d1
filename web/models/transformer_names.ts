// What the numbers of a transformer's pass are called, with the words of the text it read: `transformer/L2/H3/key[5,16]` is
// key of “cat” (place 5), layer 2, head 3, component 17.
//
// Places of a text count from its beginning, which is place 0, so that place 5 is the fifth token that was typed; where a text has no
// beginning token they count from 1. Components, hidden units, rows and columns count from 1.
import type { Explanation, TextToken, Transformer, TransformerRun } from '../engine/index.ts';
import type { Name, Naming, PlaceNames } from './naming.ts';
import { type Families, families, type NamedText, type Part } from './transformer_families.ts';
import type { Explains } from './unfold.ts';

type Model = Pick<Transformer, 'layers' | 'heads' | 'width' | 'causal' | 'vocabulary'>;

/** Words for every address of a run. */
export function transformerNaming(text: NamedText): Naming {
  const known: Families = families(text);
  return {
    name(address): Name | null {
      const at = read(address, text);
      const family = at && known[at.family];
      if (!family) return null;
      const whole = at.places.length >= family.places;
      return whole ? family.number(at.in, at.places) : (family.row?.(at.in, at.places) ?? null);
    },
    places(address): PlaceNames | null {
      const at = read(address, text);
      return (at && known[at.family]?.along) ?? null;
    },
    ground: (explanation) => ground(explanation, known, text),
  };
}

const named = new WeakMap<TransformerRun, Explains>();
const vocabularies = new WeakMap<object, Promise<string[]>>();

/**
 * A run as a source of numbers that carry the text's own words: what an element gives as its `origin`, or as a number's source. The
 * same run gives the same source each time.
 * @param tokens those of the run, unless told
 */
export function namedRun(run: TransformerRun, model: Model, tokens: readonly Pick<TextToken, 'text'>[] = run.tokens): Explains {
  const before = named.get(run);
  if (before) return before;
  let words: readonly string[] = [];
  // A vocabulary is told in one question: all tokens as guesses of one place.
  const vocabulary = async () => {
    const asked =
      vocabularies.get(model) ??
      run.guesses(0, { count: model.vocabulary }).then((guesses) => {
        const texts: string[] = [];
        for (const { id, text } of guesses) texts[id] = text;
        return texts;
      });
    vocabularies.set(model, asked);
    words = await asked.catch(() => {
      vocabularies.delete(model);
      return [];
    });
  };
  const naming = transformerNaming({
    tokens,
    layers: model.layers,
    heads: model.heads,
    width: model.width,
    causal: model.causal,
    vocabulary: (id) => words[id],
  });
  const source: Explains = {
    naming,
    async explain(address) {
      if (words.length === 0 && ofVocabulary.test(address)) await vocabulary();
      const explanation = await run.explain(address);
      if (words.length === 0 && explanation.terms.some((term) => ofVocabulary.test(term.address))) await vocabulary();
      return explanation;
    },
  };
  named.set(run, source);
  return source;
}

const ofVocabulary = /^transformer\/(?:logit|probability|exp|gap|largest|tokens)\b/;

/** Takes an address apart; names that lead to another's number are followed, as the engine does. */
function read(address: string, { heads, width }: NamedText): { family: string; in: Part; places: number[] } | null {
  const [, layer = '0', head = '0', name = '', brackets = ''] =
    /^transformer\/(?:L(\d+)\/)?(?:H(\d+)\/)?(\w+)((?:\[[\d,]+\])*)$/.exec(address) ?? [];
  if (!name) return null;
  const places = (brackets.match(/\d+/g) ?? []).map(Number);
  const part = { layer: Number(layer), head: Number(head) };
  const d = width / heads;
  const [first = 0, second = 0] = places;
  const scope = part.head > 0 ? 'H/' : part.layer > 0 ? 'L/' : '';
  // A column's element is the matrix's own.
  const matrix = name.endsWith('_column') && places.length > 1 ? name.slice(0, -'_column'.length) : null;
  if (matrix === 'qkv') return third(part, [second, first]);
  if (matrix === 'output' && part.head > 0)
    return { family: 'L/output', in: { ...part, head: 0 }, places: [second + (part.head - 1) * d, first] };
  if (matrix) return { family: `${scope}${matrix}`, in: part, places: [second, first] };
  if (name === 'qkv' && places.length > 1) return third(part, places);
  if (name === 'mixed' && places.length > 1)
    return { family: 'H/mix', in: { ...part, head: Math.floor(second / d) + 1 }, places: [first, second % d] };
  return { family: `${scope}${name}`, in: part, places };

  function third({ layer }: Part, [i = 0, c = 0]: number[]) {
    const kinds = ['query_weights', 'key_weights', 'value_weights'] as const;
    const family = `H/${kinds[Math.floor(c / width)] ?? 'query_weights'}`;
    return { family, in: { layer, head: Math.floor((c % width) / d) + 1 }, places: [i, c % d] };
  }
}

function ground({ kind, address, formula }: Explanation, known: Families, text: NamedText): string | null {
  const at = read(address, text);
  const family = at && known[at.family];
  if (!family) return null;
  if (kind === 'weight')
    return `This is where unfolding ends: on the ground. It is a number that the model learned${family.learned ? `, ${family.learned}` : ''}. It is the same in every sentence, and nothing lies below it.`;
  if (kind !== 'input') return null;
  if (formula === 'masked')
    return 'This is where unfolding ends: a place may not look at one after it, so the mask puts 0 here whatever the numbers are.';
  if (at.family === 'H/mix') return 'This is where unfolding ends: this head was switched off, so what it gathers is 0.';
  return 'This is where unfolding ends: this state was put here from another text, in place of what the model made.';
}
