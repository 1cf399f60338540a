import { describeSpace, isSameSpace } from '../domain/same-space.ts';
import type { EmbeddingSpace } from '../domain/search.ts';
import { RagError } from '../platform/errors.ts';
import type { AppContext } from './app-context.ts';

type Ports = Pick<AppContext, 'store' | 'embedder'>;

/** Throws SPACE_MISMATCH when the database's vectors are another model's than the embedder's. */
export function checkSpace({ store, embedder }: Ports): void {
  const there = store.space();
  if (!there) return;
  const ours = embedder.space;
  if (isSameSpace(there, ours)) return;
  const model = `${ours.provider}/${ours.model}`;
  throw new RagError('SPACE_MISMATCH', {
    message: `The database's vectors come from ${describeSpace(there)}, not ${describeSpace(ours)}.`,
    hint: `Make new ones with \`rag models use ${model}\`, set embedder.model to ${there.provider}/${there.model} or not at all, or search with --mode lexical.`,
    details: { database: describeSpace(there), asked: describeSpace(ours) },
  });
}

/**
 * The space that vectors are to be written for, with its dimensions: the database's, else what the model says when it is
 * asked. Throws SPACE_MISMATCH, and what asking the model throws.
 */
export async function agreedSpace(ports: Ports, signal?: AbortSignal): Promise<EmbeddingSpace> {
  checkSpace(ports);
  const { embedder } = ports;
  const space = embedder.space;
  if (space.dimensions > 0 && ports.store.space()) return space;
  const prepared = (await embedder.prepare?.(signal)) ?? embedder.space;
  checkSpace(ports);
  return prepared;
}
