import { centralSentences } from '../../answer/central-sentences.ts';
import type { Extract } from '../../answer/extract-answer.ts';
import { fencePassage } from '../../answer/fence-passage.ts';
import { estimatePromptTokens } from '../../answer/prompt-tokens.ts';
import { throwIfAborted } from '../../platform/errors.ts';
import type { Store, StoredDocument } from '../../store/types.ts';
import { hitOf } from '../routes/read-document.ts';
import type { SearchHit } from '../types.ts';

/** The passages of one document, in order, with its most central sentences; markers are of these passages, from 1. */
export type ReadDocument = {
  readonly hits: readonly SearchHit[];
  readonly sentences: readonly Extract[];
  /** All passages that it has. */
  readonly passages: number;
};

/** Of more documents, some at equal distances are read. */
export const MAX_DOCUMENTS = 200;
/** Of a longer document its first passages are read; the more documents, the fewer of each. */
const MAX_PASSAGES = 3000;
const MIN_PASSAGES_OF_ONE = 20;
const MAX_SENTENCES = 60;

/** At most so many, spread over the whole list. */
export function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)] as Item);
}

export const passagesOfEach = (documents: number): number =>
  Math.max(MIN_PASSAGES_OF_ONE, Math.floor(MAX_PASSAGES / Math.max(1, documents)));

export function readDocument(
  store: Store,
  document: StoredDocument,
  { maxPassages, signal }: { readonly maxPassages: number; readonly signal?: AbortSignal },
): ReadDocument {
  throwIfAborted(signal);
  const rows = store.chunkRows(document.row);
  const taken = rows.slice(0, maxPassages);
  const stored = store.chunks(taken);
  const hits = taken.flatMap((row, at) => {
    const chunk = stored.get(row)?.chunk;
    return chunk ? [hitOf(store, document, chunk, at + 1)] : [];
  });
  const documentText = store.documentText(document.source.documentId);
  return {
    hits,
    sentences: centralSentences({ hits, documentText, maxSentences: MAX_SENTENCES }),
    passages: rows.length,
  };
}

/** Hits by their documents, best document first, each in the order of its text. */
export function documentsOfHits(store: Store, hits: readonly SearchHit[], query: string): ReadDocument[] {
  const byDocument = new Map<string, SearchHit[]>();
  for (const hit of hits) {
    const own = byDocument.get(hit.chunk.documentId);
    if (own) own.push(hit);
    else byDocument.set(hit.chunk.documentId, [hit]);
  }
  return [...byDocument.values()].map((found) => {
    const own = [...found].sort((a, b) => a.chunk.ordinal - b.chunk.ordinal);
    const documentText = store.documentText((own[0] as SearchHit).chunk.documentId);
    return {
      hits: own,
      sentences: centralSentences({ hits: own, documentText, maxSentences: MAX_SENTENCES, query }),
      passages: own.length,
    };
  });
}

/**
 * The passages of all that fit into so many tokens, numbered in their order: all where they fit, else of each document its
 * first and those with the most central sentences, documents in turn.
 */
export function passagesWithin(documents: readonly ReadDocument[], maxTokens: number): readonly SearchHit[] {
  const queues = documents.map(({ hits, sentences }) => {
    const weights = new Map<number, number>();
    for (const { marker, score } of sentences) weights.set(marker, (weights.get(marker) ?? 0) + score);
    return hits
      .map((hit, at) => ({ hit, at, weight: at === 0 ? Number.POSITIVE_INFINITY : (weights.get(at + 1) ?? 0) }))
      .sort((a, b) => b.weight - a.weight || a.at - b.at);
  });
  const taken = queues.map((): { hit: SearchHit; at: number }[] => []);
  let used = 0;
  for (let round = 0; queues.some((queue) => round < queue.length); round++) {
    for (const [document, queue] of queues.entries()) {
      const next = queue[round];
      if (!next) continue;
      const tokens = estimatePromptTokens(fencePassage({ marker: 9999, hit: next.hit, text: next.hit.chunk.text })) + 1;
      if (used + tokens > maxTokens) continue;
      used += tokens;
      taken[document]?.push(next);
    }
  }
  return taken
    .flatMap((own) => own.sort((a, b) => a.at - b.at).map(({ hit }) => hit))
    .map((hit, at) => ({ ...hit, rank: at + 1 }));
}
