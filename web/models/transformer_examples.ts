// The sentences that <dot-transformer> offers. Each has a trace in lessons/data/<model>/traces/<id>.json, so that it can be seen before
// the weights arrive.
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
    id: 'lily',
    model: 'writer',
    text: 'Once upon a time there was a little girl named Lily. Lily loved to play in the park. One day, Lily',
    called: 'A name again and again',
  },
  { id: 'king', model: 'writer', text: 'The king had three daughters, and the', called: 'Three daughters' },
  {
    id: 'long',
    model: 'writer',
    text: 'Once there was an old man who lived with his wife in a small house near the sea. Every morning he took his boat and went out to catch fish, and every evening he came home and told his wife what he had seen. One day a great storm came up from the west, and the waves grew as high as a',
    called: 'Sixty-odd tokens',
  },
  { id: 'river-bank', model: 'reader', text: 'She sat on the [blank] of the river.', called: 'Beside a river' },
  { id: 'loan', model: 'reader', text: 'The [blank] approved the loan.', called: 'Who approved it?' },
  { id: 'queen', model: 'reader', text: 'The queen and her [blank] lived in a castle.', called: 'The queen’s family' },
  { id: 'coffee', model: 'reader', text: 'He drank a cup of [blank].', called: 'A cup of something' },
];
