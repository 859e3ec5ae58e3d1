// The sentences that <dot-transformer> offers. Each that is not long has a trace in lessons/data/<model>/traces/<id>.json, so that it can be
// seen before the weights arrive; `npm run trace:transformers` writes them.
import type { TransformerName } from './transformer_source.ts';

export interface TransformerExample {
  /** Name of its trace. */
  id: string;
  model: TransformerName;
  text: string;
  /** What its button says. */
  called: string;
}

export const transformerExamples: readonly TransformerExample[] = [
  { id: 'tired-dog', model: 'writer', text: 'The dog that chased the cat was tired because it had', called: 'The tired dog' },
  {
    id: 'tom',
    model: 'writer',
    text: 'Once upon a time there was a little boy named Tom. He had a small brown dog. One day,',
    called: 'A name comes back',
  },
  { id: 'ben', model: 'writer', text: 'Anna gave the book to Ben, and then Anna took the book from', called: 'From whom?' },
  {
    id: 'long',
    model: 'writer',
    text: 'Once there was an old man who lived with his wife in a small house near the sea. Every morning he took his boat and went out to catch fish, and every evening he came home and told his wife what he had seen. One day a great storm came up from the west, and the waves grew as high as a',
    called: 'Sixty-odd tokens',
  },
  { id: 'river-bank', model: 'reader', text: 'She sat on the [blank] of the river.', called: 'Beside a river' },
  { id: 'children', model: 'reader', text: 'The children in the house [blank] happy.', called: 'Was or were?' },
  { id: 'queen', model: 'reader', text: 'The queen and her [blank] lived in a castle.', called: 'The queen’s family' },
  { id: 'coffee', model: 'reader', text: 'He drank a cup of [blank].', called: 'A cup of something' },
];
