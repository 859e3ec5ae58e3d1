// Skip-gram in plain JavaScript (web/bench/skip_gram.ts), spoken to like the native programs. node skipgram_js.ts CORPUS
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { plainSkipGram } from '../../../web/bench/skip_gram.ts';

const { tokens, train } = plainSkipGram(readFileSync(process.argv[2] as string, 'utf8'));

for await (const line of createInterface({ input: process.stdin })) {
  const [, i = 0, of = 1] = line.split(' ').map(Number);
  const begun = performance.now();
  const done = train(Math.floor((tokens.length * i) / of), Math.floor((tokens.length * (i + 1)) / of));
  console.log(`${(performance.now() - begun) / 1000} ${done.tokens} ${done.loss} ${done.measured}`);
}
