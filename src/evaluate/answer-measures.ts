import { wordsOf } from './evidence.ts';
import { mean } from './metrics.ts';

/**
 * Of one answer, each in [0, 1]; null where it cannot be said. After Es et al., "RAGAS: Automated Evaluation of
 * Retrieval Augmented Generation", EACL 2024, where a language model decides what is supported, useful or meant; here
 * the decisions are passed in, so that words can make them too.
 */
export type AnswerMeasures = {
  /** How much of what the answer says its passages bear out. */
  readonly faithfulness: number | null;
  /** How near the answer is to what was asked. */
  readonly answerRelevancy: number | null;
  /** How far useful passages stand before useless ones. */
  readonly contextPrecision: number | null;
  /** How much of what is needed the passages hold. */
  readonly contextRecall: number | null;
  /** How far the answer says what the right answer says, and nothing else. */
  readonly correctness: number | null;
  /** Share of the right answer's words that the answer has, however long it is. */
  readonly goldRecall: number | null;
};

export type AnswerMeasureName = keyof AnswerMeasures;

export const ANSWER_MEASURE_NAMES = [
  'faithfulness',
  'answerRelevancy',
  'contextPrecision',
  'contextRecall',
  'correctness',
  'goldRecall',
] as const satisfies readonly AnswerMeasureName[];

/** Mean support of the statements of an answer; null for an answer that states nothing. */
export const faithfulnessOf = (supports: readonly number[]): number | null =>
  supports.length > 0 ? mean(supports) : null;

/**
 * Mean of precision@k over the ranks of the useful passages, as RAGAS has it (average precision); 0 when none is
 * useful, null without passages.
 */
export function contextPrecisionOf(useful: readonly boolean[]): number | null {
  if (useful.length === 0) return null;
  const precisions: number[] = [];
  let found = 0;
  useful.forEach((isUseful, i) => {
    if (isUseful) precisions.push(++found / (i + 1));
  });
  return mean(precisions);
}

/**
 * Words that an answer and the right answer share. `f1` punishes what is said beside the answer, `recall` does not.
 * Sources: Rajpurkar et al., EMNLP 2016 (F1 of SQuAD); Adlakha et al., TACL 2024 (recall for answers in sentences).
 */
export function answerOverlap(answer: string, gold: string): { readonly f1: number; readonly recall: number } {
  const wanted = wordsOf(gold).filter(isTelling);
  const given = wordsOf(answer).filter(isTelling);
  const left = new Map<string, number>();
  for (const word of given) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of wanted) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    shared++;
    left.set(word, count - 1);
  }
  if (shared === 0) return { f1: 0, recall: 0 };
  return { f1: (2 * shared) / (wanted.length + given.length), recall: shared / wanted.length };
}

/** SQuAD leaves English articles out. */
const isTelling = (word: string): boolean => !/^(?:a|an|the)$/.test(word);

/** F1 of statements: in both, only in the answer, only in the right answer; null when there are none at all. */
export function statementF1(both: number, onlyAnswer: number, onlyGold: number): number | null {
  const all = both + onlyAnswer + onlyGold;
  return all > 0 ? both / (both + (onlyAnswer + onlyGold) / 2) : null;
}
