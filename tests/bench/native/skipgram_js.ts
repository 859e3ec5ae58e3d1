// Skip-gram in plain JavaScript: skipgram_plain.cpp's way, line for line, with a table that stays in the cache. node skipgram_js.ts CORPUS
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [dimensions, window, negatives, learningRate, thinning, tableSize, reach] = [100, 5, 5, 0.025, 1e-4, 131_072, 6];
const paragraphs = readFileSync(process.argv[2] as string, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split(' '));

const counts = new Map<string, number>();
for (const word of paragraphs.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
const words = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
const index = new Map(words.map(([word], i) => [word, i]));
const total = words.reduce((sum, [, count]) => sum + count, 0);
const BOUNDARY = -1;
const tokens = Int32Array.from(paragraphs.flatMap((line) => [...line.map((word) => index.get(word) as number), BOUNDARY]));

const keep = Float32Array.from(words, ([, count]) => Math.min(1, Math.sqrt((thinning * total) / count) + (thinning * total) / count));
let state = 1;
const bits = () => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
};
const unit = () => bits() / 2 ** 32;

const table = new Int32Array(tableSize);
const all = words.reduce((sum, [, count]) => sum + count ** 0.75, 0);
for (let i = 0, word = 0, reached = words[0]![1] ** 0.75 / all; i < tableSize; ++i) {
  table[i] = word;
  if ((i + 1) / tableSize > reached && word + 1 < words.length) reached += words[++word]![1] ** 0.75 / all;
}
const sigmoids = Float32Array.from({ length: 1000 }, (_, i) => 1 / (1 + Math.exp(-((2 * i) / 1000 - 1) * reach)));
const inputs = Float32Array.from({ length: words.length * dimensions }, () => (unit() - 0.5) / dimensions);
const outputs = new Float32Array(words.length * dimensions);
const nudge = new Float32Array(dimensions);
let [pairs, loss, measured] = [0, 0, 0];

function sigmoid(x: number): number {
  if (x > reach) return 1;
  if (x < -reach) return 0;
  return sigmoids[Math.min(999, Math.floor((x + reach) * (500 / reach)))]!;
}

function pair(word: number, predicted: number): void {
  const input = word * dimensions;
  const measure = pairs++ % 64 === 0;
  nudge.fill(0);
  for (let k = 0; k <= negatives; ++k) {
    const target = k === 0 ? predicted : table[bits() % tableSize]!;
    if (k > 0 && target === predicted) continue;
    const output = target * dimensions;
    let score = 0;
    for (let i = 0; i < dimensions; ++i) score += inputs[input + i]! * outputs[output + i]!;
    const step = learningRate * ((k === 0 ? 1 : 0) - sigmoid(score));
    for (let i = 0; i < dimensions; ++i) {
      const old = outputs[output + i]!;
      nudge[i]! += step * old;
      outputs[output + i] = old + step * inputs[input + i]!;
    }
    if (measure) loss += Math.log1p(Math.exp(k === 0 ? -score : score));
  }
  if (measure) ++measured;
  for (let i = 0; i < dimensions; ++i) inputs[input + i]! += nudge[i]!;
}

const kept = new Int32Array(100_000);
function paragraph(length: number): void {
  for (let center = 0; center < length; ++center) {
    const wide = 1 + (bits() % window);
    const to = Math.min(length, center + wide + 1);
    for (let other = Math.max(0, center - wide); other < to; ++other) if (other !== center) pair(kept[other]!, kept[center]!);
  }
}

function train(from: number, to: number): number {
  let [passed, length] = [0, 0];
  for (let i = from; i <= to; ++i) {
    const token = i === to ? BOUNDARY : tokens[i]!;
    if (token === BOUNDARY) {
      paragraph(length);
      length = 0;
      continue;
    }
    ++passed;
    if (keep[token]! >= unit()) kept[length++] = token;
  }
  return passed;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [, i = 0, of = 1] = line.split(' ').map(Number);
  [loss, measured] = [0, 0];
  const begun = performance.now();
  const passed = train(Math.floor((tokens.length * i) / of), Math.floor((tokens.length * (i + 1)) / of));
  console.log(`${(performance.now() - begun) / 1000} ${passed} ${loss} ${measured}`);
}
