import { isSameSpace } from '../../domain/same-space.ts';
import type { NewDocument, StoreWriter } from '../../store/types.ts';
import { agreedSpace } from '../agreed-space.ts';
import type { AppContext } from '../app-context.ts';
import type { ItemOutcome } from '../types.ts';
import type { EmbedProgress } from './embed-progress.ts';
import { embedText } from './embed-text.ts';
import type { ParsedChunk } from './parse-task.ts';

/** A document that is ready but for its vectors. */
export type PreparedDocument = Omit<NewDocument, 'chunks'> & {
  readonly chunks: readonly ParsedChunk[];
  /** The title that the content gave, see embedText. */
  readonly ownTitle: string | null;
};

/** A write that waits for its batch; its outcome is told once it is stored. */
type PendingWrite = {
  readonly document: PreparedDocument | null;
  readonly write: (writer: StoreWriter, vectors: VectorLookup) => void;
  readonly outcome: ItemOutcome | null;
};

type VectorLookup = (chunk: ParsedChunk) => Float32Array | null;

/** Large transactions write a third faster than small ones; half a second is what another process may have to wait. */
const BATCH_CHUNKS = 1000;
const BATCH_ITEMS = 1000;
const BATCH_CHARACTERS = 16_000_000;

export type DocumentWriter = {
  putDocument(document: PreparedDocument, outcome: ItemOutcome): void;
  /** Any other write, in the same order. */
  put(write: (writer: StoreWriter) => void, outcome: ItemOutcome | null): void;
  readonly isFull: () => boolean;
  /** Embeds, writes everything that waits in one transaction, and returns the outcomes in order. */
  flush(signal?: AbortSignal): Promise<readonly ItemOutcome[]>;
};

/** Gathers documents into batches: one call of the embedder, one transaction. */
export function createDocumentWriter(
  { store, embedder }: Pick<AppContext, 'store' | 'embedder'>,
  progress?: EmbedProgress,
): DocumentWriter {
  let pending: PendingWrite[] = [];
  let chunks = 0;
  let characters = 0;

  const vectorsOf = async (
    documents: readonly PreparedDocument[],
    signal?: AbortSignal,
  ): Promise<{ readonly vectorOf: VectorLookup; readonly embedded: number }> => {
    const wanted = new Map<string, { hash: Uint8Array; text: string }>();
    const given = new Map<string, Float32Array>();
    for (const { chunks, text, ownTitle } of documents) {
      for (const { embedHash, headingPath, span, vector } of chunks) {
        const key = keyOf(embedHash);
        if (vector) given.set(key, vector);
        if (!wanted.has(key)) {
          wanted.set(key, {
            hash: embedHash,
            text: embedText(ownTitle, headingPath, text.slice(span.start, span.end)),
          });
        }
      }
    }
    const known = new Map<string, Float32Array | null>([
      ...given,
      ...store.vectorsByHash([...wanted.values()].map(({ hash }) => hash)),
    ]);
    const missing = [...wanted].filter(([key]) => !known.has(key));
    progress?.begin(missing.length);
    const vectors = await embedder.embedPassages(
      missing.map(([, { text }]) => text),
      signal,
      progress?.embedded,
    );
    missing.forEach(([key], i) => void known.set(key, vectors[i] ?? null));
    return { vectorOf: (chunk) => known.get(keyOf(chunk.embedHash)) ?? null, embedded: missing.length };
  };

  /** The number of texts that were embedded. Where another process changes the model meanwhile, they are once more. */
  const storeBatch = async (
    batch: readonly PendingWrite[],
    documents: readonly PreparedDocument[],
    signal?: AbortSignal,
  ): Promise<number> => {
    for (;;) {
      const space = documents.length > 0 ? await agreedSpace({ store, embedder }, signal) : null;
      const { vectorOf, embedded } = await vectorsOf(documents, signal);
      const isStored = store.write((writer) => {
        const there = store.space();
        const isLeft = space && there && !isSameSpace(there, space) && isSameSpace(there, embedder.space);
        if (space && !isLeft) writer.useSpace(space);
        for (const { write } of isLeft ? [] : batch) write(writer, vectorOf);
        return !isLeft;
      });
      if (isStored) return embedded;
    }
  };

  return {
    putDocument(document, outcome) {
      const { chunks: parsedChunks, ownTitle: _, ...rest } = document;
      pending.push({
        document,
        outcome,
        write: (writer, vectorOf) =>
          writer.putDocument({ ...rest, chunks: parsedChunks.map((chunk) => ({ ...chunk, vector: vectorOf(chunk) })) }),
      });
      chunks += parsedChunks.length;
      characters += document.text.length;
    },
    put: (write, outcome) => void pending.push({ document: null, write, outcome }),
    isFull: () => chunks >= BATCH_CHUNKS || characters >= BATCH_CHARACTERS || pending.length >= BATCH_ITEMS,
    async flush(signal) {
      const batch = pending;
      pending = [];
      chunks = 0;
      characters = 0;
      if (batch.length === 0) return [];
      const documents = batch.flatMap(({ document }) => document ?? []);
      const embedded = await storeBatch(batch, documents, signal);
      const passages = documents.reduce((sum, document) => sum + document.chunks.length, 0);
      if (passages > 0) {
        store.tryRecord((recorder) =>
          recorder.countCache('embeddings', { hits: passages - embedded, misses: embedded }),
        );
      }
      return batch.flatMap(({ outcome }) => outcome ?? []);
    },
  };
}

const keyOf = (hash: Uint8Array): string => Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('hex');
