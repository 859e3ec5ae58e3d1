// @vitest-environment happy-dom
import { render } from 'lit';
import { describe, expect, it } from 'vitest';
import { type ChartOptions, chart, chartTable, chartWords, evenly } from '../../../web/drawing/chart.ts';

const options: ChartOptions = {
  name: 'loss',
  at: [0, 10, 20, 30],
  lines: [
    { name: 'trained', values: [1.1, 0.6, 0.4, 0.25] },
    { name: 'held out', values: [1.1, Number.NaN, 0.5, 0.3], role: 'second' },
  ],
};
const draw = (part: unknown) => {
  const root = document.createElement('div');
  render(part, root);
  return root;
};

describe('a panel', () => {
  it('has each line, named at its end, broken where there is no value', () => {
    const drawn = draw(chart(options));
    const lines = [...drawn.querySelectorAll('path.line')].map((path) => path.getAttribute('d') ?? '');
    expect(lines).toHaveLength(2);
    expect(lines[0]?.match(/[ML]/g)).toHaveLength(4);
    expect(lines[1]?.match(/M/g)).toHaveLength(2);
    expect([...drawn.querySelectorAll('.end')].map((label) => label.textContent)).toEqual(['trained', 'held out']);
    expect(drawn.innerHTML).not.toContain('NaN');
  });

  it('keeps names apart where lines end together', () => {
    const drawn = draw(chart({ ...options, lines: options.lines.map((line) => ({ ...line, values: [1, 1, 1, 1] })) }));
    const [one = 0, other = 0] = [...drawn.querySelectorAll('.end')].map((label) => Number(label.getAttribute('y')));
    expect(Math.abs(one - other)).toBeGreaterThanOrEqual(13);
  });

  it('stands before there is a value', () => {
    const drawn = draw(chart({ ...options, at: [], lines: [{ name: 'trained', values: [] }] }));
    expect(drawn.querySelectorAll('.end')).toHaveLength(0);
    expect(drawn.innerHTML).not.toMatch(/NaN|Infinity|undefined/);
    expect(drawn.querySelector('svg')?.getAttribute('aria-label')).toBe('loss: no values yet.');
  });
});

it('says in words where each line began and stands', () => {
  expect(chartWords(options)).toBe('loss, step 0 to 30: trained from 1.10 to 0.25; held out from 1.10 to 0.30.');
});

it('has a table with the same numbers, and a dash where there is none', () => {
  const rows = [...draw(chartTable([options])).querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  );
  expect(rows).toEqual([
    ['0', '1.100', '1.100'],
    ['10', '0.600', '–'],
    ['20', '0.400', '0.500'],
    ['30', '0.250', '0.300'],
  ]);
});

it('takes so many of many places, the ends among them', () => {
  const places = evenly(1001, 11);
  expect(places).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
});
