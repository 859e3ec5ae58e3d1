// The page that tells where the shipped word vectors come from and how good they are.

/** The last training loss of each epoch, from the trainer's own lines. */
export function lossByEpoch(log) {
  const losses = new Map();
  for (const [, epoch, loss] of log.matchAll(/^epoch +([\d.]+) of \d+ · loss ([\d.]+)/gm)) {
    const whole = Math.ceil(Number(epoch) - 1e-9);
    losses.set(whole, [...(losses.get(whole) ?? []), Number(loss)]);
  }
  return [...losses].map(([epoch, values]) => ({ epoch, loss: values.reduce((sum, x) => sum + x, 0) / values.length }));
}

/** source.md, whole. Every figure in it comes from the run. */
export function sourcePage({ recipe, log, tables, sha256, bytes }) {
  const { corpus, training, shipping } = recipe;
  const curve = lossByEpoch(log);
  return `# Where these word vectors come from

Written by \`npm run train:words\`; do not edit. The recipe is \`recipe.json\` beside this file.

- **Corpus**: English Wikipedia, early 2015, 25,912 articles of at most 30,000 bytes each; text by the Wikipedia contributors, CC BY-SA 3.0
  (<https://creativecommons.org/licenses/by-sa/3.0/>; each article's authors are listed in its history). File \`${corpus.file}\`, sha256 \`${corpus.sha256}\`. The text itself is not here.
- **Normalised** by \`normalize_text\`: lower case, a–z only, digits spelled out, accents folded; headings left out; a paragraph is a line.
- **Trained** by our own \`train_word2vec\` (skip-gram with negative sampling, Mikolov et al. 2013): ${Object.entries(training)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}.
- **Shipped**: the ${shipping.size.toLocaleString('en')} most frequent words, ${training.dimensions} numbers each, int8 codes of ±${shipping.levels} with a scale per row${
    shipping.context ? `; each row is the input vector plus ${shipping.context} × the output vector` : ''
  }. \`words.bin.gz\`: ${bytes.toLocaleString('en')} bytes, sha256 \`${sha256}\`. The format stands in \`engine/formats/word_vector_file.h\`.
- **Licence**: the vectors are ours, CC BY 4.0; they were computed from the text above.
- **To reproduce**: \`npm run train:words\` with \`DOT_DATA\` set to the folder of the corpora (\`--threads 1\` for the same bytes every time).

The vectors carry the views and the stereotypes of their source. Lesson 4 measures some of them.

## Quality

Measured by our own \`evaluate_vectors\` over the shipped vocabulary. *f32* is the trained vectors, *int8* what is shipped. Analogies: the Google set
(Mikolov et al. 2013), questions with a word outside the vocabulary not counted, the question's own words never the answer. Word pairs: Spearman's rank
correlation of cosine and human judgement (WordSim-353, Finkelstein et al. 2002; SimLex-999, Hill et al. 2015; MEN, Bruni et al. 2014; RG-65, Rubenstein & Goodenough 1965).

${tables.trim()}

## What else was tried

Google analogies in total by 3CosAdd, f32, all else as in the recipe. Several epochs and dimensions more are worth most; a little of the output vectors gains half a point; coarser codes cost about a tenth of one.

| | total |
|---|---:|
${recipe.tried.map(({ what, f32, note: more }) => `| ${what}${more ? ` (${more})` : ''} | ${f32.toFixed(2)} % |`).join('\n')}

## Training curve

Mean loss in nats per pair, −log σ(true) − Σ log σ(−negative), averaged over each epoch (the first includes the start; later ones fall with the learning rate).

| epoch | loss |
|---:|---:|
${curve.map(({ epoch, loss }) => `| ${epoch} | ${loss.toFixed(4)} |`).join('\n')}
`;
}
