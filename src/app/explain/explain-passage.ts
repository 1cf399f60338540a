import type { Signal } from '../../domain/search.ts';
import { agreementOfPassages } from '../../retrieve/add-agreement-scores.ts';
import { readableText } from '../../retrieve/readable-text.ts';
import type { Candidate, Retrieval } from '../../retrieve/types.ts';
import type { ChunkRow, ScoredRow, Store, StoredChunk } from '../../store/types.ts';
import { decideCut } from './decide-cut.ts';
import { describePart } from './describe-part.ts';
import type { FilterCheck, GraphLink, LegPlace, PassageExplanation, WordFound } from './types.ts';

export type PassageView = {
  readonly store: Store;
  /** The search. */
  readonly found: Retrieval;
  /** The same with lists that bring every passage in question; null where none is missing. */
  readonly longer: Retrieval | null;
  /** Null where the graph took no part. */
  readonly links: ((seeds: readonly ChunkRow[], row: ChunkRow) => GraphLink | null) | null;
  readonly filters: readonly FilterCheck[];
  readonly limit: number;
  readonly minScore: number;
};

/** How far down the lists a rank is looked for. */
const MAX_DEPTH = 100_000;
/** More words are a pasted page. */
const MAX_WORDS = 32;
const TEXT_LENGTH = 160;

/** What every step of the search says of one passage. */
export function explainPassage(passage: StoredChunk, view: PassageView): PassageExplanation {
  const { found, longer, links } = view;
  const { row, chunk, document } = passage;
  const candidateIn = (retrieval: Retrieval | null): Candidate | undefined =>
    [...(retrieval?.trace.candidates ?? []), ...(retrieval?.trace.fused ?? [])].find((each) => each.row === row);
  const own = candidateIn(found);
  const candidate = own ?? candidateIn(longer);
  const { trace } = own || !longer ? found : longer;
  const signal = (list: Signal['list']): Signal | undefined => candidate?.signals.find((each) => each.list === list);
  const index = found.trace.candidates.findIndex((each) => each.row === row);
  const rank = found.chunks.findIndex((each) => each.row === row) + 1;
  const graph = signal('graph');
  const rerank = signal('rerank');
  const words = wordsOf(passage, view);
  const vector = vectorOf(passage, view);
  const agreement = agreementOf(passage, view, candidate);
  const text = readableText(chunk.text, document.type, [document.title, ...chunk.headingPath]);
  return {
    chunkId: chunk.id,
    headingPath: chunk.headingPath,
    page: chunk.page,
    lines: chunk.lines,
    text: text.replace(/\s+/g, ' ').trim().slice(0, TEXT_LENGTH),
    rank: rank > 0 ? rank : null,
    cut: rank > 0 ? null : decideCut(passage, { ...view, index, candidate }),
    place: index >= 0 ? index + 1 : null,
    score: candidate?.score ?? null,
    parts: (candidate?.parts ?? []).map((part) => ({
      ...part,
      how: describePart(part, { trace, words, vector, agreement, graph, rerank }),
    })),
    words,
    vector,
    agreement,
    graph: graph ? { share: graph.raw, link: links?.(trace.seeds, row) ?? null } : null,
    rerank: rerank ? { rank: rerank.rank, score: rerank.raw } : null,
  };
}

function wordsOf({ row }: StoredChunk, { store, found }: PassageView): PassageExplanation['words'] {
  const { query, mode, filter, trace } = found;
  if (mode === 'vector') return null;
  const weights = trace.parameters.columnWeights;
  const signals = trace.fused.find((each) => each.row === row)?.signals ?? [];
  const listed = signals.filter(({ list }) => ['lexical', 'trigram', 'expansion'].includes(list));
  const bm25 = (terms: readonly string[], phrases: readonly string[] = []): number =>
    (store.scoreWords({ terms, phrases }, [row], weights).get(row) ?? 0) +
    (store.scoreGrams({ terms, phrases }, [row]).get(row) ?? 0);
  const all = [
    ...query.terms
      .slice(0, MAX_WORDS)
      .map((word) => ({ word, score: bm25([word]), places: store.wordPlaces(row, word) })),
    ...query.phrases.map((word) => ({ word: `"${word}"`, score: bm25([], [word]), places: null })),
  ];
  const evidence = all.map(
    ({ word, score, places }): WordFound => ({
      word,
      columns: places && places.columns.length > 0 ? places.columns : score > 0 ? ['text'] : [],
      passages: places?.passages ?? 0,
      bm25: score,
    }),
  );
  const score = listed.length > 0 ? listed.reduce((sum, { raw }) => sum + raw, 0) : bm25(query.terms, query.phrases);
  const [first] = listed;
  if (first) return { score, rank: first.rank, fetched: true, found: evidence };
  if (score === 0 && evidence.every(({ bm25: each }) => each === 0))
    return { score, rank: null, fetched: false, found: evidence };
  const rows = score > 0 ? store.searchWords(query, MAX_DEPTH, filter, weights) : [];
  return { score, rank: rankIn(rows, row), fetched: false, found: evidence };
}

function vectorOf({ row }: StoredChunk, { store, found }: PassageView): LegPlace | null {
  const { filter, trace } = found;
  if (!trace.vector) return null;
  const listed = trace.fused.find((each) => each.row === row)?.signals.find(({ list }) => list === 'vector');
  if (listed) return { score: listed.raw, rank: listed.rank, fetched: true };
  const rank = rankIn(store.searchVectors(trace.vector, MAX_DEPTH, filter), row);
  const score = store.scoreVectors(trace.vector, [row]).get(row);
  return score === undefined ? null : { score, rank, fetched: false };
}

const rankIn = (rows: readonly ScoredRow[], row: ChunkRow): number | null => {
  const at = rows.findIndex((each) => each.row === row);
  return at < 0 ? null : at + 1;
};

function agreementOf(
  passage: StoredChunk,
  { store, found: { query, mode } }: PassageView,
  candidate: Candidate | undefined,
): PassageExplanation['agreement'] {
  if (mode !== 'hybrid') return null;
  const { coverage, ordered, near, names } = agreementOfPassages([...query.terms, ...query.phrases], store)(passage);
  const counted = candidate?.signals.some(({ list }) => list === 'agreement') ?? false;
  return { coverage, ordered, near, names, counted };
}
