// lessons/data/senses/source.md: where the sentences come from, and how far cheap cues give a sense away, measured.
import { createHash } from 'node:crypto';
import { bagShare, cueShares, mostTellingWord, thirdOf } from './cue-shares.mjs';
import { contexts, limits, readSenses } from './sense-sentences.mjs';

const meanings = {
  ball: { toy: 'what one throws, kicks or hits', dance: 'a grand evening of dancing' },
  bank: { money: 'where money is kept and lent', river: 'the land beside running water' },
  letter: { post: 'what one writes to somebody', alphabet: 'a sign of an alphabet' },
  match: { fire: 'the stick that one strikes', game: 'a contest of two sides' },
  spring: { season: 'the time after winter', water: 'where water comes out of the ground' },
  star: { sky: 'a light in the night sky', person: 'a famous actor or singer' },
};

const row = (...cells) => `| ${cells.join(' | ')} |`;
const hash = (text) => createHash('sha256').update(text).digest('hex');

/** The page, whole. @param {Map<string, string>} texts word → its file */
export function sensesPage(texts) {
  const words = [...texts.keys()];
  const sets = words.map((word) => readSenses(texts.get(word), word).sentences);
  const all = sets.flat().length;
  const numbers = `|---|${words.map(() => '---:').join('|')}|`;

  const senseRows = words.flatMap((word, w) =>
    [...new Set(sets[w].map(({ sense }) => sense))].map((sense) => {
      const of = sets[w].filter((one) => one.sense === sense);
      const count = (holds) => of.filter(holds).length;
      const length = of.reduce((sum, one) => sum + one.words.length, 0) / of.length;
      return row(
        word,
        `\`${sense}\``,
        meanings[word]?.[sense] ?? '',
        of.length,
        contexts.map((context) => count((one) => one.context === context)).join(' / '),
        [0, 1, 2].map((third) => count((one) => thirdOf(one) === third)).join(' / '),
        length.toFixed(1),
      );
    }),
  );

  const measured = sets.map(cueShares);
  const cueRows = measured[0].map(({ name }, i) =>
    row(name, ...measured.map((cues) => `${cues[i].unseen.toFixed(2)}, ${cues[i].seen.toFixed(2)}`)),
  );
  const telling = sets.map(mostTellingWord).map(({ word, share }) => `${share.toFixed(2)} *${word}*`);

  const bagRow = (name, part, asked) => row(name, ...sets.map((sentences) => bagShare(sentences, part, asked).toFixed(2)));
  const bagRows = ['before', 'after'].flatMap((context) =>
    ['before', 'after'].map((part) =>
      bagRow(`words ${part} it, where the context stands ${context}`, part, (one) => one.context === context),
    ),
  );

  return `# Sentences with words of two senses

Written by \`DOT_GOLDEN=write npx vitest run tests/scripts/sense-sentences.test.mjs\` from \`scripts/lib/senses-source.mjs\`; do not edit.

${all} sentences, ${all / words.length} for each of ${words.length} words. In half of a word's sentences it has one sense, in half the other. Lesson 11 asks at which layer
a transformer's state of the word tells which.

- **Origin.** Written for this course, sentence by sentence, in pairs. No sentence was taken from a corpus or from another set.
- **Licence.** CC BY 4.0, like the lessons.
- **The idea** of asking one spelling for its sense is old: Leacock, Towell & Voorhees, [Corpus-Based Statistical Sense Resolution](https://aclanthology.org/H93-1051/) (1993), on *line*;
  Pilehvar & Camacho-Collados, [WiC](https://aclanthology.org/N19-1128/) (2019), on pairs of sentences. Ours are written so that cheap cues are balanced.
- **Form.** Tab-separated; the first line is \`sense<TAB>context<TAB>sentence\`. A sentence is plain ASCII, of 5 to 14 words, and has the word exactly once, in lower case and in that very form.
- **Context** says where the words stand that tell the sense: \`before\` the word, \`after\` it, or on \`both\` sides. A causal model has not seen what comes after,
  so of the \`after\` sentences it can only guess.
- **Pairs.** Lines 2 and 3 are a pair, lines 4 and 5, and so on: one sentence of each sense, with one context, the word in the same third of the sentence, and nearly always the same word before it.
  **A pair is held out or learned from whole.** Where one partner is held out and the other learned from, the balance turns against the guesser, who then falls below chance.
- **Words.** All are nouns in both senses; children's books, simple sentences or an encyclopedia have them in both, and the models that were shipped when the sentences were written read each as one token.
  *Bat* and *bark* are two tokens and rare there, *light* is often an adjective: they are not here. The senses of *letter* and of *star* are kin, those of the others strangers.

| word | sense | what it is | sentences | ${contexts.join(' / ')} | in the first / middle / last third | words, mean |
|---|---|---|---:|---:|---:|---:|
${senseRows.join('\n')}

| file | sha256 |
|---|---|
${words.map((word) => row(`\`${word}.tsv\``, `\`${hash(texts.get(word))}\``)).join('\n')}

## Rules

Held by \`scripts/lib/sense-sentences.mjs\` and its test: the form, line by line; for each sense at least ${limits.each} sentences, at least ${limits.ofContext} of them with their context before the word
and ${limits.ofContext} after; the pairs; thirds and lengths alike in both senses; no run of four words in two sentences of any of the files, and no two sentences with more than half of their words in common;
and the cues below, none of which may be worth more than its limit.

By reading, not by a script: that a sentence sounds natural, that no third sense creeps in (a spring of steel, a bank of clouds, a match of two people), and that no stereotype and nobody real stands in it.

## What cheap cues are worth

The share of sentences whose sense a guesser gets right who looks at one thing only; 0.50 is chance. Each must be at most ${limits.share.toFixed(2)}.
First figure: a vote of the other pairs' sentences with the same value. Second: the vote counts the pair itself too, so it can only be above chance.

${row('cue', ...words)}
${numbers}
${cueRows.join('\n')}
${row('one word anywhere', ...telling)}

*One word anywhere*: the word that tells most by standing in a sentence or not, found with the answers in hand.

## What a bag of words is worth

Naive Bayes (add-one smoothed), learned from the other pairs. The second and third rows must be at most ${limits.share.toFixed(2)} too: on the side that should tell nothing, the words tell little.

${row('it sees', ...words)}
${numbers}
${bagRows.join('\n')}
${bagRow('the whole sentence', 'sentence', () => true)}

The last row is what a probe should be compared with: whoever may look at all of a sentence's words, in no order, and has learned from all other pairs, is right that often.
A coin's share has a standard deviation of 0.05 on 88 sentences and of 0.09 on the 32 of one context.

What the sentences do not claim: they are easy, and written to be clear; they are a sample of a word's uses; and a word has more senses than the two asked about.
`;
}
