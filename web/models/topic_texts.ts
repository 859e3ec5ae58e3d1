// Our own short texts by topic, from lessons/data/topics/texts.txt.
import { TextError } from './analogy_pairs.ts';

export interface TopicTexts {
  topics: string[];
  texts: string[];
  /** The topic of each text, by its place in `topics`. */
  labels: number[];
}

/** Reads texts.txt: ": topic | what it says" opens a topic, each line after it is one text, "#" begins a remark. @throws TextError */
export function parseTopics(text: string): TopicTexts {
  const read: TopicTexts = { topics: [], texts: [], labels: [] };
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (!line || line.startsWith('#')) return;
    if (line.startsWith(':')) {
      const topic = (line.slice(1).split('|')[0] ?? '').trim();
      if (!topic || read.topics.includes(topic)) throw new TextError(index + 1, 'a topic has no name, or the name of another.');
      read.topics.push(topic);
      return;
    }
    if (read.topics.length === 0) throw new TextError(index + 1, 'a text stands before the first topic.');
    read.texts.push(line);
    read.labels.push(read.topics.length - 1);
  });
  return read;
}
