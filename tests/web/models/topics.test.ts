// Texts by topic on the real engine and the real word vectors: what is trained, what a text scores, and down to which words it unfolds.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseTopics } from '../../../web/models/topic_texts.ts';
import { TopicsModel } from '../../../web/models/topics.ts';
import { WordSource } from '../../../web/models/word_source.ts';
import { sharedLab } from '../engine/support.ts';

const read = () => parseTopics(readFileSync(new URL('../../../lessons/data/topics/texts.txt', import.meta.url), 'utf8'));
const holder = sharedLab();
const model = (start = {}) => new TopicsModel(new WordSource(async () => holder.lab), async () => read(), start);

async function settled(one: TopicsModel) {
  one.follow();
  for (let i = 0; i < 400 && (!one.asked.answer.value || one.asked.pending.value || one.training.pending.value); i++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  return one.asked.answer.value;
}

describe('the texts', () => {
  test('are at least six topics of forty, short, and none stands twice', () => {
    const { topics, texts, labels } = read();
    expect(topics.length).toBeGreaterThanOrEqual(6);
    for (const k of topics.keys()) expect(labels.filter((label) => label === k).length).toBeGreaterThanOrEqual(40);
    expect(new Set(texts.map((text) => text.toLowerCase())).size).toBe(texts.length);
    for (const text of texts) {
      const words = text.split(/\s+/).length;
      expect(words, text).toBeGreaterThanOrEqual(6);
      expect(words, text).toBeLessThanOrEqual(16);
    }
  });

  test('are nearly all known words', async () => {
    const words = await holder.lab.vectors('words');
    const { used, unknown } = await words.texts(read().texts);
    expect(unknown.flat().length / (used.flat().length + unknown.flat().length)).toBeLessThan(0.05);
  });

  test('that are no such list are refused by line', () => {
    expect(() => parseTopics('It rains.\n: weather')).toThrow('Line 1');
    expect(() => parseTopics(': a\nx\n: a')).toThrow('Line 3');
    expect(() => parseTopics(':  | nothing')).toThrow('Line 1');
  });
});

describe('the classifier', () => {
  test('finds the topic of most texts that it never saw, and of a new one', async () => {
    const one = model({ text: 'The goalkeeper lost the match.' });
    const answer = await settled(one);
    const trained = one.training.answer.value!;
    expect(trained.correct / trained.count).toBeGreaterThan(0.8);
    expect(trained.misses.length).toBe(trained.count - trained.correct);
    for (const miss of trained.misses) expect(miss.text).not.toBe('');
    expect(trained.topics[answer!.forward.predicted[0]!]).toBe('sport');
    expect(one.spoken.value).toContain('sport');
    one.dispose();
  });

  test('its scores unfold down to the words', async () => {
    const one = model({ text: 'Snow and rain' });
    const { source, forward, used } = (await settled(one))!;
    expect(used).toEqual(['snow', 'and', 'rain']);
    const logit = await source.explain('network/logit[0][0]');
    expect(logit.result).toBe(forward.logits.data[0]);
    const dot = await source.explain(logit.terms[0]!.address);
    const input = await source.explain(`${dot.operands[1]!.address}[7]`);
    expect(input.address).toBe('words/target[snow+and+rain][7]');
    expect(input.result).toBe(dot.operands[1]!.values[7]);
    expect((await source.explain(input.terms[0]!.address)).address).toContain('words/sum');
    one.dispose();
  });

  test('a text without a known word is said to be one', async () => {
    const one = model({ text: 'qzxv' });
    const answer = await settled(one);
    expect(answer!.used).toEqual([]);
    expect(one.spoken.value).toContain('No word');
    one.dispose();
  });

  test('the state makes a round trip, and nonsense changes nothing', () => {
    const one = model({ text: 'a' });
    one.write('rain; 50 % of it: yes');
    one.seed.value = 4;
    one.looked.value = 2;
    const state = one.to_state();
    const other = model();
    other.from_state(state);
    expect(other.to_state()).toBe(state);
    other.from_state('t:b;s:x;k:99');
    expect([other.text.value, other.seed.value, other.looked.value]).toEqual(['b', 4, null]);
  });
});
