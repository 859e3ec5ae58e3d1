// @vitest-environment happy-dom
import { render } from 'lit';
import { describe, expect, it } from 'vitest';
import { type LayerChartOptions, layerChart, layerTable, layerWords } from '../../../web/drawing/layer_chart.ts';

const options: LayerChartOptions = {
  name: 'The reader',
  layers: 3,
  lines: [
    { name: 'probe', means: [0.5, 0.75, Number.NaN], low: [0.4, 0.75, Number.NaN], high: [0.6, 0.75, Number.NaN] },
    { name: 'control', means: [0.4, Number.NaN, Number.NaN], low: [0.4, Number.NaN, Number.NaN], high: [0.4, Number.NaN, Number.NaN] },
  ],
  levels: [{ name: 'always the commonest', value: 0.25 }],
  width: 400,
};
const draw = (part: unknown) => {
  const root = document.createElement('div');
  render(part, root);
  return root;
};

describe('shares by layer', () => {
  it('has a mark for each layer that is known, and a whisker where the seeds differ', () => {
    const drawn = draw(layerChart({ ...options, guess: 2, chosen: 1 }));
    const [control, probe] = [...drawn.querySelectorAll('svg[role="img"] g.line')];
    expect(probe?.querySelector('.run')?.getAttribute('d')?.match(/[ML]/g)).toHaveLength(2);
    expect(probe?.querySelector('.spread')?.getAttribute('d')?.match(/V/g)).toHaveLength(1);
    expect(control?.querySelector('.spread')?.hasAttribute('d')).toBe(false);
    expect(drawn.querySelectorAll('.guess, .chosen')).toHaveLength(3); // the guess stands in the key too
    expect(drawn.querySelector('.key')?.textContent?.replace(/\s+/g, ' ').trim()).toBe('probe control always the commonest your guess');
    expect(drawn.innerHTML).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('stands before anything is known, and says so', () => {
    const none = { ...options, lines: options.lines.map((line) => ({ ...line, means: [], low: [], high: [] })) };
    expect(draw(layerChart(none)).innerHTML).not.toMatch(/NaN|Infinity|undefined/);
    expect(layerWords(none)).toBe('The reader: nothing is trained yet.');
    const unknown = draw(layerChart({ ...none, levels: [{ name: 'always the commonest', value: Number.NaN }], guess: null }));
    expect(unknown.innerHTML).not.toMatch(/NaN|undefined/);
    expect(unknown.querySelector('.key')?.textContent?.replace(/\s+/g, ' ').trim()).toBe('probe control always the commonest your guess');
    expect(unknown.querySelectorAll('svg[role="img"] .guess, svg[role="img"] .level')).toHaveLength(0);
  });

  it('takes another scale, with one value for each layer', () => {
    const cosines: LayerChartOptions = {
      ...options,
      lines: [{ name: 'within', means: [-0.5, 0, 0.5] }],
      levels: [],
      range: [-0.5, 0.5],
      say: (value) => value.toFixed(2),
    };
    const drawn = draw(layerChart(cosines));
    const heights = (drawn.querySelector('svg[role="img"] .run')?.getAttribute('d') ?? '')
      .split(/[ML]/)
      .flatMap((place) => place.split(',')[1] ?? []);
    const ticks = [...drawn.querySelectorAll('svg[role="img"] .tick, svg[role="img"] .axis')].map((line) => line.getAttribute('y1'));
    expect(heights.map(Number)).toEqual([ticks[0], ticks[2], ticks[4]].map(Number));
    expect(layerWords(cosines)).toBe('The reader. within: layer 0 -0.50, layer 1 0.00, layer 2 0.50.');
    expect(draw(layerTable(cosines, 'As a table')).textContent).toContain('-0.50');
  });

  it('says the same in words and in a table', () => {
    expect(layerWords(options)).toBe('The reader. probe: layer 0 50 %, layer 1 75 %. control: layer 0 40 %. always the commonest: 25 %.');
    const rows = [...draw(layerTable(options, 'As a table')).querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent?.trim()),
    );
    expect(rows[0]).toEqual(['0', '50.0 % (40.0 % to 60.0 %)', '40.0 %', '25.0 %']);
    expect(rows[1]).toEqual(['1', '75.0 %', '–', '25.0 %']);
    expect(rows[2]).toEqual(['2', '–', '–', '25.0 %']);
  });
});
