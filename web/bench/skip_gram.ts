// Skip-gram with negative sampling in plain JavaScript, as the word2vec program of 2013 goes about it (tests/bench/native/skipgram_plain.cpp, line for
// line), with a table of negatives that stays in the cache.

/** What all who train are told. */
export const SKIP_GRAM = { dimensions: 100, window: 5, negatives: 5, sample: 1e-4, rate: 0.025 } as const;

const TABLE = 131_072;
/** σ is looked up between −6 and 6. */
const REACH = 6;
const BOUNDARY = -1;

/** What a stretch came to; loss in nats, summed over the pairs that were measured: every 64th. */
export interface PlainProgress {
  tokens: number;
  loss: number;
  measured: number;
}

export interface PlainSkipGram {
  /** Word numbers, paragraphs ended by −1. */
  readonly tokens: Int32Array;
  /** Trains on tokens `from` to before `to`. */
  train(from: number, to: number): PlainProgress;
}

/** @param text words separated by spaces, paragraphs by newlines */
export function plainSkipGram(text: string): PlainSkipGram {
  const { dimensions, window, negatives, sample, rate } = SKIP_GRAM;
  const paragraphs = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '));
  const counts = new Map<string, number>();
  for (const line of paragraphs) for (const word of line) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const index = new Map(words.map(([word], i) => [word, i]));
  const total = words.reduce((sum, [, count]) => sum + count, 0);
  const tokens = Int32Array.from(paragraphs.flatMap((line) => [...line.map((word) => index.get(word) as number), BOUNDARY]));

  const keep = Float32Array.from(words, ([, count]) => Math.min(1, Math.sqrt((sample * total) / count) + (sample * total) / count));
  let state = 1;
  const bits = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const unit = () => bits() / 2 ** 32;

  const table = new Int32Array(TABLE);
  const all = words.reduce((sum, [, count]) => sum + count ** 0.75, 0);
  for (let i = 0, word = 0, reached = words[0]![1] ** 0.75 / all; i < TABLE; ++i) {
    table[i] = word;
    if ((i + 1) / TABLE > reached && word + 1 < words.length) reached += words[++word]![1] ** 0.75 / all;
  }
  const sigmoids = Float32Array.from({ length: 1000 }, (_, i) => 1 / (1 + Math.exp(-((2 * i) / 1000 - 1) * REACH)));
  const inputs = Float32Array.from({ length: words.length * dimensions }, () => (unit() - 0.5) / dimensions);
  const outputs = new Float32Array(words.length * dimensions);
  const nudge = new Float32Array(dimensions);
  let [pairs, loss, measured] = [0, 0, 0];

  function sigmoid(x: number): number {
    if (x > REACH) return 1;
    if (x < -REACH) return 0;
    return sigmoids[Math.min(999, Math.floor((x + REACH) * (500 / REACH)))]!;
  }

  function pair(word: number, predicted: number): void {
    const input = word * dimensions;
    const measure = pairs++ % 64 === 0;
    nudge.fill(0);
    for (let k = 0; k <= negatives; ++k) {
      const target = k === 0 ? predicted : table[bits() % TABLE]!;
      if (k > 0 && target === predicted) continue;
      const output = target * dimensions;
      let score = 0;
      for (let i = 0; i < dimensions; ++i) score += inputs[input + i]! * outputs[output + i]!;
      const step = rate * ((k === 0 ? 1 : 0) - sigmoid(score));
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

  const kept = new Int32Array(tokens.length);
  function paragraph(length: number): void {
    for (let center = 0; center < length; ++center) {
      const wide = 1 + (bits() % window);
      const to = Math.min(length, center + wide + 1);
      for (let other = Math.max(0, center - wide); other < to; ++other) if (other !== center) pair(kept[other]!, kept[center]!);
    }
  }

  return {
    tokens,
    train(from, to) {
      let [passed, length] = [0, 0];
      [loss, measured] = [0, 0];
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
      return { tokens: passed, loss, measured };
    },
  };
}

/** The same, going on through the text by so many words, from its beginning again after its end: as our engine's `train` does. */
export function plainTraining(text: string): (words: number) => PlainProgress {
  const model = plainSkipGram(text);
  let at = 0;
  return (words) => {
    const done: PlainProgress = { tokens: 0, loss: 0, measured: 0 };
    while (done.tokens < words) {
      if (at === model.tokens.length) at = 0;
      const from = at;
      for (let rest = words - done.tokens; rest > 0 && at < model.tokens.length; ++at) if (model.tokens[at] !== BOUNDARY) --rest;
      const come = model.train(from, at);
      done.tokens += come.tokens;
      done.loss += come.loss;
      done.measured += come.measured;
    }
    return done;
  };
}
