// lessons/data/topics/source-measured.md: what word vectors and a linear classifier make of public texts, written after each measurement.
import { interval, percent } from './shares.mjs';

const sets = {
  topics: 'our own texts by topic, six classes',
  polarity: 'sentence polarity (Pang & Lee 2005): film reviews, for or against',
  treebank: 'Stanford Sentiment Treebank (Socher et al. 2013), whole sentences, for or against',
  spam: 'SMS Spam Collection (Almeida, Gómez Hidalgo & Yamakami 2011): spam or not',
};

/** The page, whole. Every figure in its table comes from the run. */
export function measuredTextsPage({ measured, settings }) {
  const row = ([name, what]) => {
    const { accuracy, count, trainCount, majority, known } = measured[name];
    return `| ${what} | ${trainCount.toLocaleString('en')} | ${count.toLocaleString('en')} | **${percent(accuracy)}** (${interval(accuracy, count)}) | ${percent(majority)} | ${percent(known)} |`;
  };
  return `# What the same method makes of public texts

Written by \`npm run measure:texts\`; do not edit.

Each text is one vector: the sum of the unit vectors of its words (those of \`lessons/data/words\`), divided by its length. Softmax regression on these vectors, each column brought to mean 0 and deviation 1 of the training
part; Adam, ${Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(
      ', ',
    )}; weight decay chosen on the treebank's development part. Accuracy on texts that were never trained on, with the interval in which 95 of 100 such figures would hold the truth (Wilson 1927).

| texts | trained on | tested on | accuracy | always the commonest class | words in the vocabulary |
|---|---:|---:|---:|---:|---:|
${Object.entries(sets).map(row).join('\n')}

The treebank has its own division into parts; the others are divided by seed ${settings.seed}. No text of the public sets is here.

Published, for comparison: a convolutional network on fixed word2vec vectors, trained on 100 billion words, reaches 81.0 % on sentence polarity and 86.8 % on the treebank (Kim 2014, table 2). On the treebank, 80 % was the
best before Socher et al. (2013), who reach 85.4 % with the labels of all phrases. On the SMS collection a support vector machine on the words themselves reaches 97.6 % (Almeida et al. 2011). A mean of word
vectors forgets the order of the words: “not good, but bad” and “not bad, but good” are one vector.
`;
}
