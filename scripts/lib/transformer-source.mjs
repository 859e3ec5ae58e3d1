// The page that tells where a shipped transformer comes from and how good it is.

const CORPORA = {
  tatoeba: 'Tatoeba, English sentences (tatoeba.org, by way of manythings.org/anki), CC BY 2.0',
  tinystories: 'TinyStories, the first 2,316 stories (Eldan & Li 2023), CDLA-Sharing-1.0',
  fairytales: 'FairytaleQA, 278 tales from Project Gutenberg (Xu et al. 2022), Apache-2.0; the tales are in the public domain',
  children: '56 classic children’s books, public domain in the US',
  fiction: '193 novels of 1855 to 1924, public domain in the US',
  wiki: 'English Wikipedia, early 2015, 25,912 articles; text by the Wikipedia contributors, CC BY-SA 3.0',
};

const WHAT = {
  writer: 'continues simple English: each place sees itself and those before it',
  reader: 'fills a blank: each place sees all places, before and after',
};

const number = (value) => value.toLocaleString('en');

function curve(log) {
  const points = new Map();
  for (const [, step, loss] of log.matchAll(/^step (\d+) loss ([\d.]+)/gm)) points.set(Number(step), Number(loss));
  const all = [...points].sort(([a], [b]) => a - b);
  const every = Math.max(1, Math.ceil(all.length / 30));
  return all.filter((_, i) => i % every === every - 1 || i === all.length - 1);
}

function answers({ prompt, answers: given }) {
  if (given.length > 0 && 'probability' in given[0]) {
    const list = given.map(({ text, probability }) => `“${text.trim()}” ${(100 * probability).toFixed(1)} %`);
    return `- **${prompt}** ${list.join(', ')}`;
  }
  const lines = given.map(
    ({ seed, text }) => `  - ${seed === 0 ? 'likeliest each time' : `seed ${seed}`}: ${text.replace(/\s*\n\s*/g, ' / ')}`,
  );
  return `- **${prompt}**\n${lines.join('\n')}`;
}

/** source.md, whole. Every figure in it comes from the run. `exact`: with f32 weights, `shipped`: with the int8 codes. */
export function transformerPage({ name, recipe, summary, exact, shipped, log, bytes, sha256 }) {
  const { training, texts, heldOut } = recipe;
  const reads = name === 'reader';
  const rows = shipped.texts.map((one, i) => {
    const f32 = exact.texts[i];
    return `| ${one.name} | ${number(one.words)} | ${f32.bitsPerCharacter.toFixed(4)} | ${one.bitsPerCharacter.toFixed(4)} | ${one.perplexityPerWord.toFixed(1)} | ${one.natsPerToken.toFixed(3)} | ${(100 * one.tokenAccuracy).toFixed(1)} % |`;
  });
  const total = (grammar) => {
    const passed = grammar.reduce((sum, one) => sum + one.passed, 0);
    const pairs = grammar.reduce((sum, one) => sum + one.pairs, 0);
    return `${((100 * passed) / pairs).toFixed(1)} %`;
  };
  const mixture = Object.values(texts).reduce((sum, { weight }) => sum + weight, 0);
  return `# Where the ${name} comes from

Written by \`npm run train:transformers\`; do not edit. The recipe is \`recipe.json\` beside this file.

A transformer that ${WHAT[name]}. ${training.layers} layers of ${training.heads} heads, width ${training.width}, ${training.hidden} hidden units, ${training.context} places, 4,096 tokens; no biases, root-mean-square norms, learned positions, one matrix for reading tokens and for scoring them (\`engine/models/transformer/transformer.h\`).

- **Trained** by our own \`train_transformer\`${training.from ? `, beginning with the weights of the ${training.from}` : ''}: ${Object.entries(
    training,
  )
    .filter(([key]) => key !== 'from')
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')}. Matrices inside the layers by Muon (Jordan et al. 2024), the rest by AdamW (Loshchilov & Hutter 2019).${
    reads
      ? ' A fifth of the tokens, and one at least, is to be guessed; of those 80 % stand as blanks, 10 % as any other token, 10 % as they are (Devlin et al. 2019).'
      : ''
  }
- **Texts**, with the share of sequences that each gives and the words in its training part. None of the text is here.
${Object.entries(texts)
  .map(
    ([one, { weight }]) =>
      `  - ${CORPORA[one]}: ${((100 * weight) / mixture).toFixed(0)} %, ${number(summary.files[`${one}.train.txt`].words)} words, sha256 \`${summary.files[`${one}.train.txt`].sha256}\``,
  )
  .join('\n')}
- **Held out**: whole documents, chosen by a hash; passages of the training part that share several runs of eight words with them were dropped (\`scripts/lib/corpora.mjs\`).
- **Tokens**: byte pairs learned from the same texts (\`train_tokenizer\`). Token 0 begins a text, token 1 is the blank.
- **Shipped**: \`${name}.safetensors.gz\`, ${number(bytes)} bytes, sha256 \`${sha256}\`: int8 codes of ±${recipe.levels} with a scale per row (format: \`engine/formats/transformer_file.h\`).
- **Licence**: the weights are ours, CC BY 4.0; they were computed from the texts above.
- **To reproduce**: \`npm run train:transformers\` with \`DOT_DATA\` set to the folder of the corpora. \`npm run train:transformers -- --only-measure\` measures the shipped file again. With OpenBLAS and with our own kernel the last bits differ, so a run on another machine gives other weights of the same quality.

## Held-out texts

${
  reads
    ? 'Pseudo-likelihood (Salazar et al. 2020): each token of a stretch of at most 48 is blanked by itself and guessed from all others. It is no probability of the text, and not to be compared with a causal model’s figures.'
    : 'Each stretch of at most 255 tokens is read by itself, and each token guessed from those before it.'
} The first ${reads ? '6,000' : '30,000'} tokens of each held-out part (${heldOut.join(', ')}); ends of documents are not counted.

| text | words | bits per character, f32 | int8 | perplexity per word | nats per token | likeliest token is right |
|---|---:|---:|---:|---:|---:|---:|
${rows.join('\n')}

## Grammar probe

Our own minimal pairs (\`lessons/data/grammar\`): the share in which the right sentence is the likelier one; 50 % is chance.

| phenomenon | f32 | int8 |
|---|---:|---:|
${shipped.grammar.map((one, i) => `| ${one.phenomenon} | ${((100 * exact.grammar[i].passed) / one.pairs).toFixed(1)} % | ${((100 * one.passed) / one.pairs).toFixed(1)} % |`).join('\n')}
| **all** | ${total(exact.grammar)} | ${total(shipped.grammar)} |

## ${reads ? 'What it fills in' : 'What it writes'}

Unselected, from the shipped weights. ${reads ? 'The ten likeliest tokens.' : 'Temperature 0.7 among the 40 likeliest, seeds 1 to 3, and the likeliest token each time; at most 80 tokens. / stands for a new line.'}

${shipped.prompts.map(answers).join('\n')}

## Training curve

Loss in nats per guessed token, averaged since the line before.

| step | loss |
|---:|---:|
${curve(log)
  .map(([step, loss]) => `| ${step} | ${loss.toFixed(4)} |`)
  .join('\n')}
`;
}
