// Words about one number: how it came about, how far its check lies, what it is called.
import { formatCount, formatPower, formatShort, formatSignificant } from '../drawing/format.ts';
import type { Explanation, Operand, Term } from '../engine/index.ts';
import type { Name, Naming, PlaceNames } from './naming.ts';

/** An explanation in the words of its source's naming. */
export interface Told extends Explanation {
  /** What the number is called in the trail. */
  short: string;
  /** For `dot`: what its operands are called beyond their letters; '' where nobody knows. */
  called: readonly string[];
  /** What the places of a dot product or of a long sum are. */
  places: PlaceNames | null;
  /** What the letters of a quotient or a function stand for: x is “cat” (place 5) after layer 6, component 8. */
  legend: readonly { symbol: string; words: string }[];
  /** Where unfolding ends: what the number is. */
  ground: string | null;
}

/** The same explanation, its numbers called as `naming` calls them. */
export function told(explanation: Explanation, naming?: Naming): Told {
  const name = naming?.name(explanation.address);
  const { operands, terms, kind } = explanation;
  return {
    ...explanation,
    label: name?.long ?? explanation.label,
    short: name?.short ?? explanation.label,
    called: operands.map((operand) => nameAt(naming, operand)?.long ?? ''),
    places: [...operands.map(({ address }) => address), ...rowOf(terms)].map((row) => naming?.places?.(row) ?? null).find(Boolean) ?? null,
    terms: naming ? terms.map((term) => ({ ...term, label: termName(term, kind, naming) })) : terms,
    legend: naming && (kind === 'normalize' || kind === 'activation') ? legend(terms, naming) : [],
    ground: naming?.ground?.(explanation) ?? null,
  };
}

/** The row that the terms of a long sum stand in, if they are all its numbers: exp[5,0], exp[5,1], … are exp[5]. */
function rowOf(terms: readonly Term[]): string[] {
  const row = terms[0]?.address.replace(/,0\]$/, ']') ?? '';
  const last = terms.length - 1;
  return last > 0 && terms[last]?.address === row.replace(/\]$/, `,${last}]`) ? [row] : [];
}

const nameAt = (naming: Naming | undefined, { address }: { address: string }): Name | null => naming?.name(address) ?? null;

/** A letter of a formula stays one, and is said beside it. */
const isSymbol = (label: string) => label.length <= 6 || /[·²−÷√Σ]/.test(label);

function termName(term: Term, kind: Explanation['kind'], naming: Naming): string {
  const name = nameAt(naming, term);
  if (!name || (kind !== 'sum' && isSymbol(term.label))) return term.label;
  return kind === 'normalize' ? name.short : name.long;
}

function legend(terms: readonly Term[], naming: Naming): { symbol: string; words: string }[] {
  return terms.flatMap((term) => {
    const words = nameAt(naming, term)?.long;
    const symbol = termName(term, 'normalize', naming);
    return words && symbol === term.label ? [{ symbol, words }] : [];
  });
}

/** Address of an operand's place; an operand that is one number has its own. */
export function placeAddress({ address, values }: Operand, i: number): string {
  return values.length === 1 && address.endsWith(']') ? address : `${address}[${i}]`;
}

/** How a number came about, in one sentence. */
export function madeOf(explanation: Explanation & Partial<Pick<Told, 'called'>>): string {
  const { kind, operands, products, terms, called } = explanation;
  switch (kind) {
    case 'dot': {
      const names = operands.map((operand, i) => called?.[i] || operand.name).join(' and ');
      return products.length === 1 ? `One product, of ${names}.` : `${formatCount(products.length)} products of ${names}, added up.`;
    }
    case 'sum':
      return `${formatCount(terms.length)} ${terms.length === 1 ? 'term' : 'terms'}, added up.`;
    case 'normalize':
      return `${terms[0]?.label ?? 'A number'} divided by ${terms
        .slice(1)
        .map((term) => term.label)
        .join(' times ')}.`;
    case 'activation':
      return `A function of ${terms[0]?.label ?? 'one number'}.`;
    case 'softmax':
      return `One share out of ${Math.max(terms.length, operands[0]?.values.length ?? 0)}.`;
    case 'input':
      return 'This is where unfolding ends: the number was given.';
    case 'weight':
      return explanation.formula.startsWith('found')
        ? 'This is where unfolding ends: the number was found by trying, and multiplying out proves it.'
        : 'This is where unfolding ends: training left this number behind.';
  }
}

/** The check in words: what the engine gave, what double precision gives, how far apart, and what rounding explains. */
export function checkWords({ result, check }: Explanation): {
  engine: string;
  reference: string;
  difference: string;
  bound: string;
  agrees: boolean;
} {
  return {
    engine: formatSignificant(result, 7),
    reference: formatSignificant(check.value, 7),
    difference: formatApart(check.difference),
    bound: formatApart(check.bound),
    agrees: check.difference <= check.bound,
  };
}

/** A difference, to two digits or so: 1.2 × 10⁻⁴, 0.03, 18. Never in powers of ten where plain digits are as short. */
export function formatApart(difference: number): string {
  const size = Math.abs(difference);
  if (size === 0 || (size >= 0.01 && size < 1e6)) return formatShort(difference, size < 1 ? 3 : size < 10 ? 1 : 0);
  return formatPower(difference);
}
