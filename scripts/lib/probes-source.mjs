// lessons/data/probes: the figures as the page of figures and the lesson have them, and source.md, written from them after each measurement.

const round = (x) => (x === null || Number.isNaN(x) ? null : Number(x.toFixed(4)));
const spread = (one) => one && { mean: round(one.mean), min: round(one.min), max: round(one.max), deviation: round(one.deviation) };

/** The file of figures: a spread takes one line. */
export const figuresText = (figures) =>
  `${JSON.stringify(figures, null, 1).replaceAll(/\{\s*"(?:mean|count)"[^}]*\}/g, (one) => one.replaceAll(/\s+/g, ' '))}\n`;

/** A table of probes as it is kept: shares to four places, without confusions. */
export const keptLayers = ({ layers }) =>
  layers.map((one) => ({
    layer: one.layer,
    accuracy: spread(one.accuracy),
    majority: spread(one.majority),
    control: spread(one.control),
    selectivity: spread(one.selectivity),
    shuffled: spread(one.shuffled),
    chance: spread(one.chance),
    explained: spread(one.explained),
    directions: one.directions,
  }));

const percent = (x) => (x === null || x === undefined ? '–' : (100 * x).toFixed(1));
const figure = (one) => (one ? `${percent(one.mean)} ± ${percent(one.deviation)}` : '–');
const count = (n) => n.toLocaleString('en');
export const bestOf = (layers) => layers.reduce((best, one) => (one.accuracy.mean > best.accuracy.mean ? one : best));

/** How far the shuffled labels' probe is from chance at most, over the layers, in standard deviations of its mean over the seeds. */
export function farthestFromChance({ heldOut, seeds, models }) {
  const layers = Object.values(models).flat();
  return Math.max(
    ...layers.map(({ shuffled, chance }) => {
      const deviation = Math.sqrt((chance.mean * (1 - chance.mean)) / (heldOut * seeds));
      return Math.abs(shuffled.mean - chance.mean) / deviation;
    }),
  );
}

function rowsOf(task) {
  return Object.entries(task.models).map(([model, layers]) => {
    const best = bestOf(layers);
    const first = layers[0];
    return `| ${task.name} | ${model} | ${percent(best.majority.mean)} | ${figure(first.accuracy)} | **${figure(best.accuracy)}** | ${best.layer} | ${figure(best.control)} | ${figure(best.selectivity)} | ${percent(best.shuffled.mean)} / ${percent(best.chance.mean)} | ${percent(best.explained.mean)} |`;
  });
}

const layerRows = (task) =>
  Object.entries(task.models).map(
    ([model, layers]) => `| ${task.name} | ${model} | ${layers.map(({ accuracy }) => percent(accuracy.mean)).join(' | ')} |`,
  );

const layerHeads = (depth) => Array.from({ length: depth }, (_, l) => l).join(' | ');

/** The senses of all words together, by where the words stand that tell them. */
function contextTable(contexts, depth) {
  const kinds = ['before', 'after', 'both'];
  const rows = Object.entries(contexts).flatMap(([model, layers]) =>
    kinds.map((kind) => {
      const { count: n } = layers[0][kind];
      return `| ${kind} | ${model} | ${count(n)} | ${layers.map((one) => percent(one[kind].correct / one[kind].count)).join(' | ')} |`;
    }),
  );
  return `
Senses of all words together, by where the words stand that tell the sense: before the word, after it, or on both sides. A model that reads from left to right has not seen what comes after. Answers to words held out, added up over the seeds:

| told | model | answers | ${layerHeads(depth)} |
|---|---|---:|${'---:|'.repeat(depth)}
${rows.join('\n')}
`;
}

const section = (set) => {
  const depth = Object.values(set.tasks[0].models)[0].length;
  return `## ${set.name}

${set.about}

- **Licence.** ${set.licence}
${set.tasks.map((task) => `- **${task.name}**: ${count(task.words)} words in ${count(task.texts)} texts, ${task.classes.length} classes; ${task.division}.`).join('\n')}

| property | model | commonest class | layer 0 | best layer | which | its control task | its selectivity | shuffled labels / chance | variance along the probe |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|
${set.tasks.flatMap(rowsOf).join('\n')}

Accuracy by layer, mean over the seeds:

| property | model | ${layerHeads(depth)} |
|---|---|${'---:|'.repeat(depth)}
${set.tasks.flatMap(layerRows).join('\n')}
${set.contexts ? contextTable(set.contexts, depth) : ''}`;
};

/** The page, whole. Every figure in its tables comes from the run. */
export function probesPage({ command, decay, binary, sets }) {
  return `# What probes find in the layers of the shipped transformers

Written by \`${command}\`; do not edit. \`figures.json\` beside it holds the same figures with their smallest and largest.

Seeds, sizes and licences stand with each set. No word of the public corpora is in this repository.

A probe is softmax regression on a transformer's states of words (Alain & Bengio 2016), a new one for each layer; layer 0 is what goes into the first layer, the token's row with the position's. A word that is several
tokens has the state of its last. States are brought to mean 0 and deviation 1 over the words trained on; what is made small is the sum of −ln probability and ${decay / 2} · Σ weight², by Adam on mini-batches, a fixed number of
steps; then the words that were held out are counted. ± is the standard deviation over the seeds. Computed by the ${binary} engine in Node.

- **Control task** (Hewitt & Liang 2019, [aclanthology.org/D19-1275](https://aclanthology.org/D19-1275/)): every spelling gets a class at random, as common as the classes are, and keeps it. **Selectivity** is accuracy less the control's. Words
  in the held-out part whose spelling was never trained on the control can only guess, which makes selectivity larger the smaller the set. One ambiguous word by itself has no control task.
- **Shuffled labels** are the task's own, dealt out at random. **Chance** is what that probe's answers get right if they have nothing to do with the labels.
- **Variance along the probe**: of the variance of the held-out words' states, the share along the directions that the probe uses. The rest says something else, or nothing.

The **best layer** is the one with the largest mean. Layers whose means are within a deviation of it cannot be told from it, and with so few words as the senses have, which of them is first also depends on the penalty.

Published, for comparison of kind, not of size: Hewitt & Liang (2019, abstract) find on ELMo that probes of the first layer are slightly better at parts of speech, and probes of the second more selective; Tenney, Das & Pavlick (2019,
[aclanthology.org/P19-1452](https://aclanthology.org/P19-1452/), abstract) find in BERT parts of speech in earlier layers than what depends on more of the sentence. Our models are far smaller, and read children's English.

${sets.map(section).join('\n')}`;
}
