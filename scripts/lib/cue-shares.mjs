// How far cheap cues give away which of two senses a word has (scripts/lib/sense-sentences.mjs). All shares are of sentences; 0.5 is chance.
// A sentence is {sense, pair, sentence, words, at}: `at` is the place of the word among `words`, `pair` the same number for two partners.

/** Which third of its sentence the word stands in: 0 the first, 1, 2. */
export const thirdOf = ({ at, words }) => Math.floor((3 * (at + 0.5)) / words.length);

/** What a guesser may look at who does not read the sentence. */
export const cues = {
  'word before': ({ words, at }) => words[at - 1] ?? '',
  'word or mark after': ({ sentence, words, at }) => (/[,.?!]/.exec(sentence.split(' ')[at]) ?? [words[at + 1]])[0],
  'first word': ({ words }) => words[0],
  'place of the word': ({ at }) => at,
  'third of the sentence': thirdOf,
  'words in the sentence': ({ words }) => words.length,
  'mark at the end': ({ sentence }) => sentence.at(-1),
};

/** For each sentence its partner, or undefined. */
export function partners(sentences) {
  const at = new Map();
  for (const one of sentences) at.set(one.pair, [...(at.get(one.pair) ?? []), one]);
  return sentences.map((one) => at.get(one.pair).find((other) => other !== one));
}

/** 1 if a guess by the highest score is right, 0 if it is wrong, ½ if it must be drawn between two. */
function rightness(scores, own) {
  const rival = Math.max(...scores.filter((_, i) => i !== own));
  return scores[own] === rival ? 0.5 : Number(scores[own] > rival);
}

/** The share right of a vote of the sentences with the same value of a cue, with the pair asked about or without it. */
function majority(sentences, cue, { withoutPair }) {
  const senses = [...new Set(sentences.map(({ sense }) => sense))];
  const votes = new Map(); // value → the sentences of each sense
  for (const one of sentences) {
    const here = votes.get(cue(one)) ?? senses.map(() => 0);
    here[senses.indexOf(one.sense)] += 1;
    votes.set(cue(one), here);
  }
  let right = 0;
  for (const [i, partner] of partners(sentences).entries()) {
    const one = sentences[i];
    const here = [...votes.get(cue(one))];
    const alone = here.reduce((sum, some) => sum + some, 0) === 1;
    if (withoutPair) {
      here[senses.indexOf(one.sense)] -= 1;
      if (partner && cue(partner) === cue(one)) here[senses.indexOf(partner.sense)] -= 1;
    }
    right += alone ? 0.5 : rightness(here, senses.indexOf(one.sense));
  }
  return right / sentences.length;
}

/**
 * How far each cue gives the sense away, in shares of the sentences; 0.5 is chance.
 * `unseen`: a majority vote of the other sentences with the same value, without the pair that is asked about.
 * `seen`: the vote counts that pair too, so it can only be above chance; a value that stands once tells nothing.
 */
export const cueShares = (sentences) =>
  Object.entries(cues).map(([name, cue]) => ({
    name,
    unseen: majority(sentences, cue, { withoutPair: true }),
    seen: majority(sentences, cue, { withoutPair: false }),
  }));

const partOf = {
  before: ({ words, at }) => words.slice(0, at),
  after: ({ words, at }) => words.slice(at + 1),
  sentence: ({ words, at }) => words.toSpliced(at, 1),
};

/**
 * What a bag of words makes of one part of the sentence: naive Bayes, add-one smoothed, learned from that part of all other pairs.
 * @param {'before' | 'after' | 'sentence'} part the words before the word, after it, or both
 * @returns {number} the share right of the sentences for which `asked` holds
 */
export function bagShare(sentences, part, asked = () => true) {
  const bags = new Map(sentences.map((one) => [one, new Set(partOf[part](one))]));
  const senses = [...new Set(sentences.map(({ sense }) => sense))];
  const vocabulary = new Set([...bags.values()].flatMap((bag) => [...bag])).size;
  const counts = senses.map(() => new Map());
  const totals = senses.map(() => 0);
  const count = (one, sign) => {
    const own = senses.indexOf(one.sense);
    for (const word of bags.get(one)) counts[own].set(word, (counts[own].get(word) ?? 0) + sign);
    totals[own] += sign * bags.get(one).size;
  };
  for (const one of sentences) count(one, 1);
  let right = 0;
  let all = 0;
  for (const [i, partner] of partners(sentences).entries()) {
    const one = sentences[i];
    if (!asked(one)) continue;
    const pair = partner ? [one, partner] : [one];
    for (const some of pair) count(some, -1);
    const scores = senses.map((_, s) => {
      let score = 0;
      for (const word of bags.get(one)) score += Math.log(((counts[s].get(word) ?? 0) + 1) / (totals[s] + vocabulary));
      return score;
    });
    for (const some of pair) count(some, 1);
    right += rightness(scores, senses.indexOf(one.sense));
    all += 1;
  }
  return all === 0 ? 0 : right / all;
}

/** The one word that tells most by standing in a sentence or not, and the share right of whoever looks for it alone. Of several, the first. */
export function mostTellingWord(sentences) {
  const senses = [...new Set(sentences.map(({ sense }) => sense))];
  const counts = new Map();
  for (const { sense, words } of sentences) {
    for (const word of new Set(words)) {
      const here = counts.get(word) ?? senses.map(() => 0);
      here[senses.indexOf(sense)] += 1;
      counts.set(word, here);
    }
  }
  const all = senses.map((sense) => sentences.filter((one) => one.sense === sense).length);
  let best = { word: '', share: 0 };
  for (const [word, [a, b]] of counts) {
    const right = Math.max(a + all[1] - b, b + all[0] - a);
    if (right / sentences.length > best.share) best = { word, share: right / sentences.length };
  }
  return best;
}
