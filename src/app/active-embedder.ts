import { isSameModel } from '../domain/same-space.ts';
import type { EmbeddingSpace } from '../domain/search.ts';
import { DEFAULT_EMBEDDER } from '../embed/registry.ts';
import type { Embedder } from '../embed/types.ts';
import { isRagError, RagError } from '../platform/errors.ts';

export type ActiveEmbedderOptions = {
  /** What `embedder.model` says; undefined lets the database decide. */
  readonly configured: string | undefined;
  /** The database's space, read anew at each call. */
  readonly space: () => EmbeddingSpace | null;
  readonly make: (name: string, knownSpace: EmbeddingSpace | null) => Embedder;
};

/**
 * The embedder that is set, else that of the database's vectors, else the default. Another process may give the database
 * vectors of another model, so each call looks. A model that the database names and nobody knows fails when it is used:
 * a search by words goes on.
 */
export function createActiveEmbedder({ configured, space, make }: ActiveEmbedderOptions): Embedder {
  const made = new Map<string, Embedder>();
  const current = (): Embedder => {
    const there = space();
    const name = configured ?? (there ? `${there.provider}/${there.model}` : DEFAULT_EMBEDDER);
    const known = made.get(name);
    if (known && !isAhead(there, known.space)) return known;
    const embedder = configured === undefined && there ? makeOf(there, name, make) : make(name, there);
    known?.close?.();
    made.set(name, embedder);
    return embedder;
  };
  return {
    get space() {
      return current().space;
    },
    get cutTexts() {
      return [...made.values()].reduce((sum, embedder) => sum + (embedder.cutTexts ?? 0), 0);
    },
    async prepare(signal) {
      const embedder = current();
      return (await embedder.prepare?.(signal)) ?? embedder.space;
    },
    embedPassages: async (texts, signal, onEmbedded) => current().embedPassages(texts, signal, onEmbedded),
    embedQuery: async (text, signal) => current().embedQuery(text, signal),
    close() {
      for (const embedder of made.values()) embedder.close?.();
      made.clear();
    },
  };
}

/** Whether the database has learnt the model's dimensions from another process before the embedder did. */
const isAhead = (there: EmbeddingSpace | null, ours: EmbeddingSpace): boolean =>
  there !== null && ours.dimensions === 0 && isSameModel(there, ours);

function makeOf(there: EmbeddingSpace, name: string, make: ActiveEmbedderOptions['make']): Embedder {
  try {
    return make(name, there);
  } catch (cause) {
    if (!isRagError(cause) || cause.code !== 'MODEL_UNKNOWN') throw cause;
    throw new RagError('SPACE_MISMATCH', {
      message: `The database's vectors come from ${name} (${there.dimensions} dimensions), which is not known here.`,
      hint: `Make new ones with \`rag models use ${DEFAULT_EMBEDDER}\`, or search with --mode lexical.`,
      cause,
    });
  }
}
