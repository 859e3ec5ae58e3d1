// The documentation's figures are those of the runs that lie beside it: typed over, they would not pass here.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Result, readyTable, replaceBetween, resultText, runText } from '../../../web/bench/kept.ts';
import { plot } from '../../../web/bench/plot.ts';

const read = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const run = (name: string): Result => JSON.parse(read(`${name}.json`));

test.each(['benchmarks', 'benchmarks-native'])('the tables of %s are those of its run', (name) => {
  const text = read('benchmarks.md');
  expect(replaceBetween(text, name, runText(run(name)))).toBe(text);
  expect(run(name).quick).toBe(false);
});

test('the picture is that of its run', () => {
  expect(read('benchmarks.svg')).toBe(plot(run('benchmarks').rows, 'relaxed', true));
});

test('what is kept is read back, figures with five digits', () => {
  const result = run('benchmarks');
  expect(JSON.parse(resultText(result))).toEqual(result);
  expect(resultText({ ...result, rows: [{ ...result.rows[0]!, ours: 1 / 3 }] })).toContain('"ours":0.33333,');
});

test('marks that are not there are missed', () => {
  expect(replaceBetween('a <!-- x -->old<!-- /x --> b', 'x', 'new')).toBe('a <!-- x -->\n\nnew\n\n<!-- /x --> b');
  expect(() => replaceBetween('<!-- /x --><!-- x -->', 'x', '')).toThrow('<!-- x -->');
});

test('how soon a library is ready is told as times of ours', () => {
  const ready = [
    { name: 'ours', bytes: 50_000, ms: [100, 200, 100] },
    { name: 'other', bytes: 200_000, ms: [300, 600, 900] },
  ];
  expect(readyTable(ready).split('\n').at(-1)).toMatch(/other .* 200 \| +4\.00 \| 600 \| 3\.00 \(3\.00–/);
  expect(readyTable()).toBe('');
});
