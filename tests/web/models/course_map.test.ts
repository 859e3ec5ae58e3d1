// The closing map: each node is one dot product, computed on the real engine; words only when they are asked for.
import { describe, expect, test } from 'vitest';
import type { Lab } from '../../../web/engine/index.ts';
import { CourseMapModel, courseNodes, type NodeAnswer } from '../../../web/models/course_map.ts';
import { sharedLab } from '../engine/support.ts';

const holder = sharedLab();
const source = { explain: async () => Promise.reject(new Error('not asked here')) };
const answer = (value: number): NodeAnswer => ({ value, address: 'pair/dot', source, digits: 2 });
const settle = () => new Promise((done) => setTimeout(done, 5));

describe('the nodes', () => {
  test('are the thirteen lessons in order', () => {
    expect(courseNodes.map(({ number }) => number)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
  });

  for (const node of courseNodes) {
    test(`${node.number}: ${node.left} with ${node.right} is a sum of products, and unfolds as the number shown`, async () => {
      const { value, address, source } = await node.answer(holder.lab);
      expect(Number.isFinite(value)).toBe(true);
      const explained = await source.explain(address);
      expect(explained.kind).toBe('dot');
      expect(explained.result).toBe(value);
      expect(explained.products.length).toBeGreaterThan(1);
      expect(explained.check.difference).toBeLessThanOrEqual(explained.check.bound);
      // The same again, to the last bit: nothing is drawn without a seed.
      expect((await node.answer(holder.lab)).value).toBe(value);
    });
  }

  test('the divided score is half of the other, for √4 is 2', async () => {
    const [whole, divided] = await Promise.all([8, 9].map((number) => courseNodes[number - 1]!.answer(holder.lab)));
    expect(divided!.value).toBeCloseTo(whole!.value / 2, 6);
  });
});

describe('the model', () => {
  const nodes = courseNodes.slice(0, 4).map((node) => ({ ...node, answer: async () => answer(node.number) }));
  const lab = async () => ({}) as Lab;

  test('asks for words only when the reader does', async () => {
    const model = new CourseMapModel(lab, nodes);
    model.begin();
    model.begin();
    await settle();
    expect(model.nodes.map(({ asked }) => asked.answer.value?.value ?? null)).toEqual([1, 2, null, null]);
    expect(model.spoken.value).toContain('2 of 4 numbers');
    model.ask_words();
    expect(model.spoken.value).toBe('');
    await settle();
    expect(model.nodes.map(({ asked }) => asked.answer.value?.value)).toEqual([1, 2, 3, 4]);
    expect(model.spoken.value).toContain('4: a sum of words with a word, 4');
  });

  test('a node that fails says why, and is asked again; the others stand', async () => {
    let tries = 0;
    const [first, second] = nodes;
    const broken = {
      ...second!,
      answer: async () => {
        if (tries++ === 0) throw Object.assign(new Error('Not to be had.'), { code: 'network' });
        return answer(7);
      },
    };
    const model = new CourseMapModel(lab, [first!, broken]);
    model.begin();
    await settle();
    expect(model.nodes[0]!.asked.answer.value?.value).toBe(1);
    expect(model.nodes[1]!.asked.failure.value?.message).toBe('Not to be had.');
    model.ask(model.nodes[1]!);
    await settle();
    expect(model.nodes[1]!.asked.answer.value?.value).toBe(7);
    expect(model.nodes[1]!.asked.failure.value).toBeNull();
  });
});
