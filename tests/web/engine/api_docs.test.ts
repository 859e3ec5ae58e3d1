// docs/api.md is what the comments say, and the comments say of every call what it refuses.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

test('the reference is fresh', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(root, 'scripts/api-docs.mjs'), '--check']);
  expect(stdout).toContain('is fresh');
});

const calls = [
  'loadLab',
  'createEngine',
  'lab.dot',
  'lab.matmul',
  'lab.topK',
  'lab.race',
  'lab.vectors',
  'lab.vectorsFrom',
  'vectors.nearest',
  'vectors.analogy',
  'vectors.benchmark',
  'vectors.texts',
  'lab.examples',
  'lab.strokeDigits',
  'lab.rasterize',
  'lab.newNetwork',
  'lab.network',
  'network.forward',
  'network.flip',
  'network.train',
  'training.step',
  'training.run',
  'training.restore',
  'lab.transformer',
  'transformer.tokens',
  'transformer.run',
  'transformer.generate',
  'run.guesses',
  'lab.wordStates',
  'states.probe',
  'states.leaveOut',
  'states.drift',
  'states.plane',
  'probe.read',
  'lab.attention',
  'lab.selfAttention',
  'lab.randomDots',
  'lab.softmaxRow',
];

test.each(calls)('%s says what it refuses', (call) => {
  const sections = readFileSync(path.join(root, 'docs/api.md'), 'utf8').split(/^##+ /m);
  expect(sections.find((section) => section.startsWith(`${call}\n`))).toContain('- Errors: ');
});
