import { evidenceRecall } from './evidence.ts';
import { allRelevantAt, mean, ndcgAt, recallAt, reciprocalRankAt } from './metrics.ts';
import { MEASURE_NAMES, type MeasureName, type Measures, type Question, type RankedPassage } from './types.ts';

/** Ranks that recall and reciprocal rank look at: what a reranker would get. */
export const RANKING_DEPTH = 100;

/** Keys of the passages in order, each once, no more than `RANKING_DEPTH`. */
export const rankingOf = (passages: readonly RankedPassage[]): string[] =>
  [...new Set(passages.flatMap(({ keys }) => keys))].slice(0, RANKING_DEPTH);

/** Figures of one question: `ranking` for documents, `passages` for what a reader with a budget sees. */
export function measure(question: Question, ranking: readonly string[], passages: readonly RankedPassage[]): Measures {
  const { judgements, evidence } = question;
  const relevant = new Set([...judgements].filter(([, grade]) => grade > 0).map(([key]) => key));
  return {
    ndcg10: ndcgAt(10, ranking, judgements),
    mrr: reciprocalRankAt(RANKING_DEPTH, ranking, judgements),
    recall5: recallAt(5, ranking, judgements),
    recall10: recallAt(10, ranking, judgements),
    recall100: recallAt(100, ranking, judgements),
    allGold5: allRelevantAt(5, ranking, judgements),
    evidence1000: evidenceRecall(passages, relevant, evidence, 1000),
    evidence2000: evidenceRecall(passages, relevant, evidence, 2000),
    evidence4000: evidenceRecall(passages, relevant, evidence, 4000),
  };
}

/** Mean of each measure; all 0 for no questions. */
export const meanMeasures = (all: readonly Measures[]): Measures =>
  Object.fromEntries(MEASURE_NAMES.map((name) => [name, mean(valuesOf(all, name))])) as Measures;

export const valuesOf = (all: readonly Measures[], name: MeasureName): number[] => all.map((each) => each[name]);
