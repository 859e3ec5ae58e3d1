// Examples as they were written down, each fetched when it is wanted.
import type { TransformerName } from '../../models/transformer_source.ts';
import type { TransformerTrace } from '../../models/transformer_trace.ts';

const files = import.meta.glob<TransformerTrace>('../../../lessons/data/*/traces/*.json', { import: 'default' });

export async function traceFile(name: TransformerName, id: string): Promise<TransformerTrace | null> {
  return (await files[`../../../lessons/data/${name}/traces/${id}.json`]?.()) ?? null;
}
