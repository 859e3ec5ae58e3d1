// npm run measure:probes: what linear probes find in every layer of the writer and the reader, on our own sentences and on public corpora
// (DOT_DATA, else ../shared/data; a set that is not there is passed over, and its figures of the last time stay). Writes
// lessons/data/probes/{figures.json,source.md}: figures alone. The same figures every time; `-- --only ours,ewt` measures some sets.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { register } from 'tsx/esm/api';
import { parseArguments } from './lib/arguments.mjs';
import { inRoot } from './lib/paths.mjs';
import { balanced, evenly, readConllu, readSenseval } from './lib/probe-corpora.mjs';
import { bestOf, figuresText, keptLayers, probesPage } from './lib/probes-source.mjs';
import { which } from './lib/run.mjs';
import { Failure, main, note, steps } from './lib/say.mjs';

const command = 'npm run measure:probes';
const home = inRoot('lessons/data/probes');
const data = process.env.DOT_DATA ?? inRoot('../shared/data');
const decay = 10;
const binary = 'simd128';
const most = { train: 1500, test: 750, perSense: 120, fewestOfSense: 50 };
const names = ['reader', 'writer'];

/** The file, or undefined with a line that says what is passed over. */
function find(file, set) {
  if (existsSync(`${data}/${file}`)) return `${data}/${file}`;
  note(`${set}: ${data}/${file} is not there, so it is passed over; set DOT_DATA to the folder that holds it`);
  return undefined;
}

function unpackXz(file) {
  if (!which('xz')) throw new Failure('xz is not on PATH', 'install it (on Debian and Ubuntu: apt-get install xz-utils)');
  return execFileSync('xz', ['-dc', file], { maxBuffer: 2 ** 28 }).toString('utf8');
}

/** Our own sentences: those with parts of speech, and those of each ambiguous word. */
function ours({ parseParts, parseSenses }) {
  const read = (file) => readFileSync(inRoot('lessons/data', file), 'utf8');
  const words = readdirSync(inRoot('lessons/data/senses')).filter((file) => file.endsWith('.tsv'));
  return {
    id: 'ours',
    name: 'this course',
    about:
      'Sentences written for this course: lessons/data/parts-of-speech and lessons/data/senses. A quarter of the sentences (of the pairs, for senses) is held out, another for each of five seeds.',
    licence: 'CC BY 4.0.',
    seeds: [1, 2, 3, 4, 5],
    parts: [
      parseParts(read('parts-of-speech/sentences.txt')),
      ...words.map((file) => parseSenses(file.slice(0, -4), read(`senses/${file}`))),
    ],
  };
}

/** Universal Dependencies, English Web Treebank, in its own division. */
function ewt({ labelParts }) {
  const files = ['train.rebuilt', 'test'].map((part) => find(`ud_english_ewt/en_ewt-ud-${part}.conllu.xz`, 'EWT'));
  if (files.includes(undefined)) return undefined;
  const [train, test] = files.map((file) => readConllu(unpackXz(file)).sentences.filter(({ text }) => text.length <= 400));
  const chosen = [...evenly(train, most.train), ...evenly(test, most.test)];
  const labelled = labelParts(chosen);
  const inTrain = Math.min(most.train, train.length);
  return {
    id: 'ewt',
    name: 'English Web Treebank',
    about: `Universal Dependencies, English Web Treebank (Silveira et al. 2014): ${inTrain.toLocaleString('en')} sentences of its training part and ${(chosen.length - inTrain).toLocaleString('en')} of its test part, evenly spaced over the files (documents in alphabetical order), of those up to 400 characters. Weblogs, mail, questions and reviews; some sentences have no closing mark. The subject is the head of a relation nsubj. The seeds change the order of training and the controls, not the division.`,
    licence: 'CC BY-SA 4.0 (annotations). Nothing of the corpus is here.',
    seeds: [1, 2, 3],
    heldOut: chosen.map((_, i) => (i < inTrain ? 0 : 1)),
    parts: [labelled],
  };
}

/** Senseval's line, hard, serve and interest. */
function senseval() {
  const file = find('nltk_masc_senseval/senseval.zip', 'Senseval');
  if (!file) return undefined;
  const files = unzipSync(readFileSync(file));
  const parts = ['line', 'hard', 'serve', 'interest'].map((word) => {
    const { rows } = readSenseval(Buffer.from(files[`senseval/${word}.pos`]).toString('utf8'));
    const chosen = balanced(rows, most.perSense, most.fewestOfSense);
    const classes = [...new Set(chosen.map(({ sense }) => sense))].sort();
    return {
      texts: chosen.map(({ text }) => text),
      words: chosen.map(({ start, end }, text) => ({ text, start, end })),
      properties: [{ id: `sense:${word}`, name: `sense of “${word}”`, classes, labels: chosen.map(({ sense }) => classes.indexOf(sense)) }],
    };
  });
  return {
    id: 'senseval',
    name: 'Senseval',
    about: `*line*, *hard*, *serve* and *interest* (Leacock, Towell & Voorhees 1993; Leacock, Chodorow & Miller 1998; Bruce & Wiebe 1994), as NLTK distributes them: newspaper English with up to 30 words on each side. At most ${most.perSense} contexts of each sense, evenly spaced over the file, and senses with fewer than ${most.fewestOfSense} left out: the figures are not those of the whole sets, where one sense is far commoner. A quarter is held out, another for each of three seeds.`,
    licence: 'Distributed with permission of their authors. Nothing of the corpora is here.',
    seeds: [1, 2, 3],
    parts,
  };
}

/** Leaves out the texts that the models cannot read whole. */
async function fitting(model, part, heldOut) {
  const good = [];
  for (const text of part.texts)
    good.push(
      await model.tokens(text).then(
        () => true,
        () => false,
      ),
    );
  if (good.every(Boolean)) return { part, heldOut };
  const number = good.map((_, s) => good.slice(0, s).filter(Boolean).length);
  const keep = (_, n) => good[part.words[n].text];
  return {
    part: {
      texts: part.texts.filter((_, s) => good[s]),
      words: part.words.filter(keep).map((word) => ({ ...word, text: number[word.text] })),
      properties: part.properties.map((one) => ({
        ...one,
        labels: one.labels.filter(keep),
        groups: one.groups?.filter((_, s) => good[s]),
      })),
    },
    heldOut: heldOut?.filter((_, s) => good[s]),
  };
}

/** Adds the answers to the words held out to what is known of their contexts: where the words stand that tell the sense. */
async function tallyContexts(tally, states, part, seeds) {
  const [property] = part.properties;
  for (const seed of seeds) {
    for (const layer of tally.keys()) {
      const probe = await states.probe(layer, property, { seed, decay });
      for (const [n, context] of part.contexts.entries()) {
        if (probe.parts[n] !== 1) continue;
        tally[layer][context] ??= { count: 0, correct: 0 };
        tally[layer][context].count += 1;
        tally[layer][context].correct += probe.answers[n] === property.labels[n] ? 1 : 0;
      }
      await probe.dispose();
    }
  }
}

/** Every property of every part of a set, in both models. */
async function measure(lab, set) {
  const tasks = new Map();
  const contexts = {};
  for (const name of names) {
    const model = await lab.transformer(name);
    for (const given of set.parts) {
      const { part, heldOut } = await fitting(model, given, set.heldOut);
      const states = await lab.wordStates(model, part);
      for (const property of part.properties) {
        const table = await states.measure(property, { seeds: set.seeds, decay, ...(heldOut && { heldOut }) });
        const layers = keptLayers(table);
        const [first] = table.fits;
        const held = first.heldOut.reduce((a, b) => a + b);
        const trained = first.trained.reduce((a, b) => a + b);
        const task = tasks.get(property.id) ?? {
          id: property.id,
          name: property.name,
          classes: property.classes,
          words: trained + held,
          texts: part.texts.length,
          heldOut: held,
          seeds: set.seeds.length,
          division: heldOut
            ? `${trained.toLocaleString('en')} to train on and ${held.toLocaleString('en')} held out`
            : `about ${held.toLocaleString('en')} held out by each seed`,
          knownSpellings: Number(first.knownSpellings.toFixed(4)),
          models: {},
        };
        task.models[name] = layers;
        tasks.set(property.id, task);
        const best = bestOf(layers);
        note(
          `${set.id}, ${property.name}, ${name}: layer ${best.layer} ${(100 * best.accuracy.mean).toFixed(1)} %, shuffled ${(100 * best.shuffled.mean).toFixed(1)} % (chance ${(100 * best.chance.mean).toFixed(1)} %)`,
        );
      }
      if (part.contexts) {
        contexts[name] ??= Array.from({ length: states.layers + 1 }, () => ({}));
        await tallyContexts(contexts[name], states, part, set.seeds);
      }
      await states.dispose();
    }
  }
  const { id, name, about, licence, seeds } = set;
  return { id, name, about, licence, seeds, tasks: [...tasks.values()], ...(Object.keys(contexts).length > 0 && { contexts }) };
}

await main(async () => {
  if (!existsSync(inRoot('build/engine/worker.js'))) throw new Failure('the engine is not built', 'npm run build:engine');
  const { values } = parseArguments(process.argv.slice(2), { values: ['only'] });
  const only = values.only?.split(',');
  register();
  const { loadLab } = await import('../web/engine/index.ts');
  const labelled = await import('../web/models/labelled_sentences.ts');
  const file = `${home}/figures.json`;
  const found = new Map(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).sets.map((set) => [set.id, set]) : []);
  const sources = { ours, ewt, senseval };
  const write = () => {
    const figures = { command, decay, binary, sets: Object.keys(sources).flatMap((id) => found.get(id) ?? []) };
    mkdirSync(home, { recursive: true });
    writeFileSync(file, figuresText(figures));
    writeFileSync(`${home}/source.md`, probesPage(figures));
  };
  const lab = await loadLab({ binary });
  const step = steps(Object.keys(sources).length);
  try {
    for (const [id, read] of Object.entries(sources)) {
      await step(id, async () => {
        const set = only && !only.includes(id) ? undefined : read(labelled);
        if (!set) return found.has(id) ? 'the figures of the last time stay' : 'no figures';
        found.set(id, await measure(lab, set));
        write();
        return 'measured';
      });
    }
  } finally {
    lab.dispose();
  }
});
