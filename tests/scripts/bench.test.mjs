import { expect, test } from 'vitest';
import { Talker } from '../../scripts/lib/bench.mjs';

const program = (text) => new Talker(process.execPath, ['-e', text]);

test('a program answers line by line', async () => {
  const talker = program(`require('readline').createInterface({ input: process.stdin }).on('line', (line) => console.log(line.length))`);
  expect(await talker.ask('abc')).toBe('3');
  expect(await talker.ask('')).toBe('0');
  talker.stop();
});

test('of one that ends, what it said is told', async () => {
  const talker = program(`console.error('no such library'); process.exit(2)`);
  await expect(talker.ask('run 1')).rejects.toThrow(/ended without an answer to “run 1”[\s\S]*no such library/);
});
