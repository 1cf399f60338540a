import { performance } from 'node:perf_hooks';
import { measure, RANKING_DEPTH, rankingOf } from '../../evaluate/measure.ts';
import type { EvaluationRun, Measures } from '../../evaluate/types.ts';
import { RagError, throwIfAborted } from '../../platform/errors.ts';
import type { KnowledgeBase, SearchHit, SearchResult } from '../types.ts';
import type { Configuration } from './configuration.ts';
import type { JudgedQuestion, QuestionSet } from './question-set.ts';

/** What a person asks for: latency is measured on it. */
const TYPICAL_LIMIT = 10;

/** The largest budget of tokens that evidence is measured at. */
const LARGEST_BUDGET = 4000;

/** The first searches of a process read the index, and the code that they run is not yet compiled. */
const WARM_UP = 10;

export type RunOptions = {
  /** Also time a search for ten passages, which is one more search for each question. */
  readonly latency?: boolean;
  /** Leave out what a reader with a budget gets: half the searches where documents have several passages. */
  readonly rankingOnly?: boolean;
  readonly signal?: AbortSignal;
  readonly onQuestion?: (done: number) => void;
};

/**
 * Asks every question in one configuration. Documents are ranked by their best passage; a reader with a budget gets
 * passages in order, several of a document where they come.
 */
export async function runConfiguration(
  knowledgeBase: KnowledgeBase,
  set: QuestionSet,
  { name, mode, parameters, window, expandSections, rerank }: Configuration,
  options: RunOptions = {},
): Promise<EvaluationRun> {
  const { documents, chunks } = knowledgeBase.status();
  const grows = (window ?? 0) > 0 || expandSections === true;
  const search = async (text: string, limit: number, perDocument: number): Promise<readonly SearchHit[]> => {
    const { signal } = options;
    const result = await knowledgeBase.search(text, {
      mode,
      parameters,
      limit,
      perDocument,
      window,
      expandSections,
      rerank,
      signal,
    });
    if (rerank !== undefined && rerank !== 'none') assertReranked(result, rerank);
    return result.hits;
  };
  /** As many passages as fill the budget: how many are asked for decides which sections are read whole. */
  const searchToRead = async (text: string): Promise<readonly SearchHit[]> => {
    if (!grows) return search(text, RANKING_DEPTH, 0);
    for (let limit = TYPICAL_LIMIT; ; limit = Math.min(RANKING_DEPTH, limit * 2)) {
      const hits = await search(text, limit, 0);
      const tokens = hits.reduce((sum, { chunk }) => sum + chunk.tokens, 0);
      if (tokens >= LARGEST_BUDGET || limit >= RANKING_DEPTH) return hits;
    }
  };
  const all: Measures[] = [];
  const rankings: string[][] = [];
  const latenciesMs: number[] = [];
  if (options.latency) for (const { text } of set.questions.slice(0, WARM_UP)) await search(text, TYPICAL_LIMIT, 0);
  for (const question of set.questions) {
    throwIfAborted(options.signal);
    if (options.latency) {
      const started = performance.now();
      await search(question.text, TYPICAL_LIMIT, 0);
      latenciesMs.push(performance.now() - started);
    }
    const isSame = !grows && (question.unit === 'passage' || documents === chunks);
    const passages = options.rankingOnly && !isSame ? [] : toRanked(set, question, await searchToRead(question.text));
    const ranked = isSame
      ? passages
      : toRanked(set, question, await search(question.text, RANKING_DEPTH, question.unit === 'passage' ? 0 : 1));
    const ranking = rankingOf(ranked);
    rankings.push(ranking);
    all.push(measure(question, ranking, passages));
    options.onQuestion?.(all.length);
  }
  return { name, measures: all, rankings, latenciesMs };
}

/** A search goes on without a reranker that fails; figures of its order would be those of another configuration. */
function assertReranked({ hits, notes }: SearchResult, rerank: string): void {
  if (hits.length === 0 || hits.some(({ signals }) => signals.some(({ list }) => list === 'rerank'))) return;
  throw new RagError('MODEL_FAILED', {
    message: `${rerank} reranked nothing, so it cannot be measured. ${notes.join(' ')}`,
    hint: '`rag doctor` tries the reranker that is set; rerank.budgetMs bounds its time.',
  });
}

const toRanked = (set: QuestionSet, question: JudgedQuestion, hits: readonly SearchHit[]) =>
  hits.map((hit) => ({ keys: set.keysOf(question, hit), text: hit.chunk.text, tokens: hit.chunk.tokens }));
