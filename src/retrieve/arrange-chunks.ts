import type { Chunk } from '../domain/chunk.ts';
import type { ChunkRow, Store } from '../store/types.ts';
import { collapseCopies } from './collapse-copies.ts';
import { diversify } from './diversify.ts';
import { type Expansion, expandPassages } from './expand-passages.ts';
import { limitPerGroup } from './limit-per-group.ts';
import type { RetrievedChunk } from './types.ts';
import { wordOverlap, wordSet } from './word-overlap.ts';

export type Arrangement = {
  readonly limit: number;
  /** Most chunks of one document; 0 = no bound. */
  readonly perDocument: number;
  /** Share of common words from which on a later passage is a copy of an earlier one; above 1 none is. */
  readonly copyOverlap: number;
  /** 0 = by score only, 1 = as different as can be. */
  readonly diversity: number;
  readonly expansion: Expansion;
};

/** Why a passage that is good enough is not in the list: `of` is the one that stands for it. */
export type Cut =
  | { readonly by: 'per-document' }
  | { readonly by: 'copy'; readonly of: ChunkRow }
  | { readonly by: 'inside'; readonly of: ChunkRow };

/** Passages that are looked at for one place of the list, when some may be left out. */
const POOL_FACTOR = 3;
const MIN_POOL = 50;

/** How many of the best passages are needed to fill the list. */
export const poolSize = (candidates: number, { limit, ...rest }: Arrangement): number => {
  if (rest.perDocument > 0) return candidates;
  return isPlain(rest) ? limit : Math.min(candidates, Math.max(MIN_POOL, limit * POOL_FACTOR));
};

const isPlain = ({ copyOverlap, diversity, expansion }: Omit<Arrangement, 'limit'>): boolean =>
  copyOverlap > 1 && diversity <= 0 && expansion.window <= 0 && !expansion.section;

/**
 * From ranked passages to the list that is shown: grown, bounded per document, spread, copies folded into one. What that
 * takes out is told to `onCut`.
 */
export function arrangeChunks(
  chunks: readonly RetrievedChunk[],
  arrangement: Arrangement,
  store: Pick<Store, 'documentChunks' | 'documentText'>,
  onCut: (row: ChunkRow, cut: Cut) => void = () => {},
): RetrievedChunk[] {
  const { limit, perDocument, copyOverlap, diversity, expansion } = arrangement;
  const pool = chunks.slice(0, Math.max(limit * POOL_FACTOR, MIN_POOL));
  const grown = isPlain({ ...arrangement, copyOverlap: 2, diversity: 0 })
    ? chunks
    : expandPassages(pool, expansion, {
        chunksOf: remembered(store.documentChunks),
        textOf: (id, start, end) => store.documentText(id, { start, end }) ?? '',
      });
  for (const { row, documentRow, chunk } of without(pool, grown)) {
    const holder = grown.find((each) => each.documentRow === documentRow && holds(each, chunk));
    if (holder) onCut(row, { by: 'inside', of: holder.row });
  }
  const bounded = limitPerGroup(grown, ({ documentRow }) => documentRow, perDocument);
  for (const { row } of without(grown, bounded)) onCut(row, { by: 'per-document' });
  if (copyOverlap > 1 && diversity <= 0) return bounded.slice(0, limit);
  const near = bounded.slice(0, Math.max(limit * POOL_FACTOR, MIN_POOL));
  const spread = diversity > 0 ? spreadOut(near, diversity) : near;
  return collapseCopies(spread, ({ chunk }) => chunk.text, { overlap: copyOverlap, most: limit }).map(
    ({ item, copies }) => {
      for (const { row } of copies) onCut(row, { by: 'copy', of: item.row });
      return copies.length > 0 ? { ...item, copies: copies.length } : item;
    },
  );
}

function without(all: readonly RetrievedChunk[], kept: readonly RetrievedChunk[]): RetrievedChunk[] {
  const rows = new Set(kept.map(({ row }) => row));
  return all.filter(({ row }) => !rows.has(row));
}

const holds = ({ chunk: { span } }: RetrievedChunk, part: Chunk): boolean =>
  span.start <= part.span.start && part.span.end <= span.end;

function spreadOut(chunks: readonly RetrievedChunk[], diversity: number): RetrievedChunk[] {
  const words = new Map(chunks.map((each) => [each, wordSet(each.chunk.text)]));
  const wordsOf = (each: RetrievedChunk) => words.get(each) as ReadonlySet<string>;
  return diversify(chunks, {
    relevance: ({ score }) => score,
    likeness: (a, b) => wordOverlap(wordsOf(a), wordsOf(b)),
    diversity,
    most: chunks.length,
  });
}

function remembered<Key, Value>(read: (key: Key) => Value): (key: Key) => Value {
  const values = new Map<Key, Value>();
  return (key) => {
    const there = values.get(key);
    if (there !== undefined) return there;
    const value = read(key);
    values.set(key, value);
    return value;
  };
}
