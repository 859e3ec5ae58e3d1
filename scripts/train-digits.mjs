// npm run train:digits: reproduces the digit classifiers in lessons/data/digits/, and measures them. A minute at most; the same
// bytes every time.
//
// Everything that shapes the result stands in lessons/data/digits/recipe.json. Two networks are trained on real digits and shipped;
// two more on drawn digits alone, to be tested on real ones: their figures go into the shipped files.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { buildPreset, ensureCMake } from './lib/cmake.mjs';
import { digitsPage } from './lib/digits-source.mjs';
import { inRoot } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { Failure, main, note, steps } from './lib/say.mjs';

const home = inRoot('lessons/data/digits');
const work = inRoot('build/training');
const data = process.env.DOT_DATA ?? inRoot('../shared/data');
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

await main(async () => {
  const recipe = JSON.parse(readFileSync(`${home}/recipe.json`, 'utf8'));
  const { folder, images, labels } = recipe.data;
  const flags = (options) => Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const hashes = {};
  mkdirSync(work, { recursive: true });

  /** A file of the data, unpacked into the work folder: its path there. */
  const unpacked = (file) => {
    const path = `${data}/${folder}/${file}`;
    if (!existsSync(path))
      throw new Failure(
        `${path} is not there`,
        'set DOT_DATA to the folder that holds MNIST’s test set (README of lessons/data/digits says which)',
      );
    const packed = readFileSync(path);
    hashes[file] = sha256(packed);
    const to = `${work}/${file.replace(/\.gz$/, '')}`;
    writeFileSync(to, gunzipSync(packed));
    return to;
  };
  const train = async (name, figures = {}) => {
    const more = Object.entries(figures).map(([key, value]) => `${key}=${value}`);
    const output = await run(`${inRoot('build/train')}/train_digits`, [
      ...['--images', `${work}/${images.replace(/\.gz$/, '')}`, '--labels', `${work}/${labels.replace(/\.gz$/, '')}`],
      ...flags(recipe.split),
      ...flags(recipe.networks[name]),
      ...['--output', `${work}/${name}.safetensors`],
      ...(more.length ? ['--figures', more.join(',')] : []),
    ]);
    return JSON.parse(output.slice(output.indexOf('{')));
  };

  const step = steps(4);
  await step('Tools', async () => {
    await ensureCMake();
    await buildPreset('train', { targets: ['train_digits'] });
  });
  await step('Data', () => {
    unpacked(images);
    unpacked(labels);
  });
  const measured = {};
  await step('Training', async () => {
    measured['strokes-mlp'] = await train('strokes-mlp');
    measured.strokes = await train('strokes');
    measured['digits-mlp'] = await train('digits-mlp', { 'strokes-accuracy': measured['strokes-mlp'].accuracy });
    measured.digits = await train('digits', {
      'mlp-accuracy': measured['digits-mlp'].accuracy,
      'strokes-accuracy': measured.strokes.accuracy,
      'mlp-strokes-accuracy': measured['strokes-mlp'].accuracy,
      'strokes-count': measured.strokes.trainCount,
      'strokes-tested': measured.strokes.count,
    });
    for (const [name, { accuracy, count }] of Object.entries(measured)) note(`${name}: ${(100 * accuracy).toFixed(2)} % of ${count}`);
  });
  await step('Packing', () => {
    const files = ['digits', 'digits-mlp'].map((name) => {
      // No time stamp goes into the gzip header, so the same weights give the same file.
      const bytes = gzipSync(readFileSync(`${work}/${name}.safetensors`), {
        level: 9,
        memLevel: 9,
        strategy: constants.Z_DEFAULT_STRATEGY,
      });
      writeFileSync(`${home}/${name}.safetensors.gz`, bytes);
      return { name: `${name}.safetensors.gz`, bytes: bytes.length, sha256: sha256(bytes) };
    });
    writeFileSync(`${home}/source.md`, digitsPage({ recipe, hashes, measured, files }));
    return files.map(({ name, bytes }) => `${name}, ${bytes} bytes`).join('; ');
  });
});
