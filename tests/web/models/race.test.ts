import { describe, expect, it } from 'vitest';
import { axis, clear_cut, log_place, RaceModel, time } from '../../../web/models/race.ts';
import { fakeLab } from '../fake_lab.ts';

const start = (options = {}) => new RaceModel(async () => fakeLab(), { lengths: [4, 300], rounds: 3, ...options });

describe('the race', () => {
  it('runs every length and says which gained most', async () => {
    const model = start();
    expect(model.spoken.value).toBe('Nothing measured yet.');
    await model.run();
    expect(model.results.value.map((result) => result?.length)).toEqual([4, 300]);
    expect(model.running).toBe(false);
    expect(model.spoken.value).toContain('At length 300');
  });

  it('stops, and keeps what was measured', async () => {
    const model = start({ lengths: [4, 300, 768], rounds: 5 });
    const seen: number[] = [];
    const run = model.run();
    const watch = model.progress.subscribe((progress) => {
      if (progress && progress.index === 1) model.stop();
      if (progress) seen.push(progress.index);
    });
    await run;
    watch();
    expect(model.results.value[0]).not.toBeNull();
    expect(model.results.value[2]).toBeNull();
    expect(model.failure.value).toBeNull();
    expect(model.running).toBe(false);
    expect(Math.max(...seen)).toBe(1);
  });

  it('shows a failure and can run again', async () => {
    let broken = true;
    const lab = fakeLab();
    const model = new RaceModel(
      async () => {
        if (broken) throw Object.assign(new Error('no engine'), { code: 'not-found', detail: '' });
        return lab;
      },
      { lengths: [4] },
    );
    await model.run();
    expect(model.failure.value?.message).toBe('no engine');
    broken = false;
    await model.run();
    expect(model.failure.value).toBeNull();
    expect(model.results.value[0]?.length).toBe(4);
  });

  it('keeps lengths and rounds in its state, and takes no nonsense', () => {
    const model = start();
    const other = start({ lengths: [16], rounds: 21 });
    other.from_state(model.to_state());
    expect(other.to_state()).toBe(model.to_state());
    for (const state of ['', 'lengths:x', 'lengths:0,-1', 'rounds:1e9', 'rounds:2']) other.from_state(state);
    expect(other.to_state()).toBe(model.to_state());
  });

  it('drops lengths that the engine does not race', () => {
    expect(start({ lengths: [0, -3, 4, 2.5, 5e6, 768] }).lengths.value).toEqual([4, 768]);
  });
});

describe('figures of a race', () => {
  it('calls a race clear only where the spreads do not overlap', async () => {
    const model = start({ lengths: [4, 65536] });
    await model.run();
    const [first, second] = model.results.value;
    expect(first && clear_cut(first)).toBe(false); // 4.4 ns against 5.5 ns, each give or take a tenth
    expect(second && clear_cut(second)).toBe(true);
  });

  it('writes times with their unit', () => {
    expect([0.5, 8.25, 87.6, 1234, 56_789, 3_400_000].map(time)).toEqual(['0.5 ns', '8.3 ns', '88 ns', '1.2 µs', '57 µs', '3.4 ms']);
  });

  it('lays the axis on whole powers of ten', async () => {
    expect(axis([null])).toEqual([1, 100_000]);
    const model = start();
    await model.run();
    const [low, high] = axis(model.results.value);
    expect(Math.log10(low) % 1).toBe(0);
    expect(log_place(low, [low, high])).toBe(0);
    expect(log_place(high, [low, high])).toBe(1);
    // Rounds that the browser's clock could not tell from nothing.
    expect(log_place(0, [low, high])).toBe(0);
    const first = model.results.value[0];
    if (!first) throw new Error('no result');
    const at_once = { ...first.simd, lowNs: 0, highNs: 0, medianNs: 0 };
    expect(axis([{ ...first, scalar: at_once, simd: at_once }])).toEqual([0.1, 1]);
  });
});
