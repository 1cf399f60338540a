import { extractMentions } from '../../graph/extract-mentions.ts';
import { RagError } from '../../platform/errors.ts';
import type { AppContext } from '../app-context.ts';
import { findByReference, one } from '../references.ts';
import { evidenceOf } from './evidence.ts';
import type { GraphIndex } from './graph-index.ts';
import { tiesNothing } from './ties.ts';
import type { RelatedDocument, RelatedResult } from './types.ts';

/** Passages of what was asked for that speak for it. */
const MAX_SEED_CHUNKS = 16;
const MAX_SHARED_SHOWN = 5;
const DEPTH = 100;
const MAX_TEXT = 20_000;
/** As in reciprocal rank fusion (Cormack et al., SIGIR 2009). */
const RANK_CONSTANT = 60;

/**
 * Documents that share entities with a document, entity or text, or are like it; the best passage of each. Throws USAGE
 * for a name that several documents have and no entity.
 */
export async function related(
  { store, embedder }: AppContext,
  index: GraphIndex,
  reference: string,
  limit: number,
): Promise<RelatedResult> {
  if (!reference.trim())
    throw new RagError('USAGE', { message: 'Nothing was asked for.', hint: 'Name a path, an entity or a text.' });
  const { raw } = index;
  const documents = findByReference(store, reference);
  const document = documents.length === 1 ? documents[0] : undefined;
  const entity = document ? -1 : index.find(reference);
  if (documents.length > 1 && entity < 0) one(store, reference);
  const profile = new Map<number, number>();
  let texts: readonly string[] = [reference.slice(0, MAX_TEXT)];
  const weigh = (other: number, count: number): void => {
    if (!tiesNothing(index, other)) profile.set(other, (profile.get(other) ?? 0) + count);
  };
  if (document) {
    const own = raw.documents.findIndex(({ row }) => row === document.row);
    raw.chunkDocuments.forEach((of, chunk) => {
      if (of === own) for (const other of index.entitiesOf(chunk)) weigh(other, 1);
    });
    texts = store
      .documentChunks(document.row)
      .slice(0, MAX_SEED_CHUNKS)
      .map(({ text }) => text);
  } else if (entity >= 0) {
    weigh(entity, 1);
  } else {
    const text = texts[0] as string;
    const [mentions] = extractMentions({ text, sections: [], chunks: [{ span: { start: 0, end: text.length } }] });
    for (const { key, count } of mentions?.mentions ?? []) {
      const found = raw.keys.find(key);
      if (found >= 0) weigh(index.rootOf[found] as number, count);
    }
  }

  const total = raw.chunkRows.length;
  const byChunk = new Map<number, { score: number; shared: [entity: number, weight: number][] }>();
  for (const [other, count] of profile) {
    const chunks = index.chunksOf(other);
    const weight = (1 + Math.log(count)) * Math.log((total + 1) / Math.max(1, chunks.length));
    for (const chunk of chunks) {
      const entry = byChunk.get(chunk) ?? { score: 0, shared: [] };
      entry.score += weight;
      entry.shared.push([other, weight]);
      byChunk.set(chunk, entry);
    }
  }
  const chunkOfRow = new Map(Array.from(raw.chunkRows, (row, chunk) => [row, chunk]));
  const own = document ? raw.documents.findIndex(({ row }) => row === document.row) : -1;
  const query = mean(await embedder.embedPassages(texts));
  const vectors = query ? store.searchVectors(query, DEPTH, {}) : [];
  const legs = [
    [...byChunk].sort((a, b) => b[1].score - a[1].score || a[0] - b[0]).map(([chunk]) => chunk),
    vectors.flatMap(({ row }) => chunkOfRow.get(row) ?? []),
  ];
  const best = new Map<number, { chunk: number; score: number }>();
  for (const leg of legs) {
    const seen = new Set<number>();
    for (const chunk of leg) {
      const of = raw.chunkDocuments[chunk] as number;
      if (of === own || seen.has(of)) continue;
      seen.add(of);
      const known = best.get(of);
      const gain = 1 / (RANK_CONSTANT + seen.size);
      best.set(of, { chunk: known?.chunk ?? chunk, score: (known?.score ?? 0) + gain });
      if (seen.size === DEPTH) break;
    }
  }
  const top = [...best.values()].sort((a, b) => b.score - a.score || a.chunk - b.chunk).slice(0, limit);
  const rows = top.map(({ chunk }) => raw.chunkRows[chunk] as number);
  const cosines = query ? store.scoreVectors(query, rows) : new Map<number, number>();
  const found = top.flatMap(({ chunk, score }): RelatedDocument[] => {
    const shared = (byChunk.get(chunk)?.shared ?? []).sort((a, b) => b[1] - a[1]).slice(0, MAX_SHARED_SHOWN);
    const passage = evidenceOf(
      store,
      index,
      chunk,
      shared.slice(0, 1).map(([other]) => other),
    );
    if (!passage) return [];
    const similarity = cosines.get(raw.chunkRows[chunk] as number) ?? null;
    return [{ passage, score, shared: shared.map(([other]) => index.refOf(other)), similarity }];
  });
  return {
    asked: reference,
    as: document ? 'document' : entity >= 0 ? 'entity' : 'text',
    name: document ? document.path : entity >= 0 ? index.nameOf(entity) : reference,
    related: found,
  };
}

function mean(vectors: readonly (Float32Array | null)[]): Float32Array | null {
  const there = vectors.filter((vector) => vector !== null);
  const [first] = there;
  if (!first) return null;
  const sum = new Float32Array(first.length);
  for (const vector of there) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (vector[i] as number);
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : null;
}
