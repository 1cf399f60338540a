import { RagError } from '../platform/errors.ts';

export type ScoreList = {
  /** What should be a list of objects, as the server sent it. */
  readonly results: unknown;
  /** Names of the fields of one result. */
  readonly scoreField: string;
  /** Passages that were sent. */
  readonly count: number;
  /** `"cohere/rerank-v3.5" at https://api.cohere.com`, for messages. */
  readonly sender: string;
};

/**
 * Scores in the order of the passages, from a list of `{index, <score>}` in any order. Throws MODEL_FAILED unless each
 * passage has exactly one finite score: an order made of half an answer would look like a whole one.
 */
export function readScores({ results, scoreField, count, sender }: ScoreList): number[] {
  const fail = (what: string): RagError =>
    new RagError('MODEL_FAILED', {
      message: `${sender} gave no usable scores: ${what}.`,
      hint: 'Check that the address is that of a reranking service, and the model one for reranking.',
    });
  if (!Array.isArray(results)) throw fail('the answer has no list of results');
  const scores = new Array<number | undefined>(count).fill(undefined);
  for (const result of results as readonly unknown[]) {
    const { index, [scoreField]: score } = (result ?? {}) as { index?: unknown; [field: string]: unknown };
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= count)
      throw fail(`a result has the index ${show(index)}, and there are ${count} passages`);
    if (typeof score !== 'number' || !Number.isFinite(score))
      throw fail(`passage ${index} has the score ${show(score)}`);
    if (scores[index] !== undefined) throw fail(`passage ${index} comes twice`);
    scores[index] = score;
  }
  if (results.length < count) throw fail(`${results.length} of ${count} passages have one`);
  return scores as number[];
}

const show = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 60);
