// The corpus of the skip-gram comparison: no language, but what training's speed depends on: words as frequent as Zipf's law has it, in
// paragraphs that keep to a topic, so that there is something to learn. The same in every run.

export const VOCABULARY = 30_000;
const TOPICS = 300;
const PARAGRAPH = 200;

/** Words separated by spaces, paragraphs by newlines. */
export function corpusText(words: number): string {
  let state = 1;
  const unit = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  // The rth word has the weight 1/r: of ln V, the share ln r lies before it.
  const zipf = () => Math.min(VOCABULARY - 1, Math.floor(VOCABULARY ** unit()) - 1);
  const lines: string[] = [];
  for (let written = 0; written < words; written += PARAGRAPH) {
    const topic = Math.floor(unit() * TOPICS);
    const line = Array.from({ length: Math.min(PARAGRAPH, words - written) }, () => {
      const word = zipf();
      // Half of the words are moved to the topic's own: those whose number leaves it as remainder.
      return unit() < 0.5 ? word : Math.min(VOCABULARY - 1, word - (word % TOPICS) + topic);
    });
    lines.push(line.map((word) => `w${word}`).join(' '));
  }
  return `${lines.join('\n')}\n`;
}
