import { claimsIn, coveredShare, openPassages, sentenceSupport } from '../../answer/sentence-support.ts';
import { withoutCitations } from '../../answer/without-citations.ts';
import type { Embedder } from '../../embed/types.ts';
import {
  type AnswerMeasures,
  answerOverlap,
  contextPrecisionOf,
  faithfulnessOf,
} from '../../evaluate/answer-measures.ts';
import { coverage } from '../../evaluate/evidence.ts';
import { cosineOf } from '../../evaluate/judge-answer.ts';

/** Of a gold passage's runs of words, in a passage that was found: from here on it is the same. */
const SAME_PASSAGE = 0.5;

export type AnsweredQuestion = {
  readonly question: string;
  /** Empty where the question was refused. */
  readonly answer: string;
  readonly gold: string | null;
  /** What the answer could draw on, in order. */
  readonly passages: readonly {
    /** As the answer's checks read it: title, headings, text. */
    readonly text: string;
    /** Whether it is of something that is known to answer the question; null where nothing is known. */
    readonly isRelevant: boolean | null;
  }[];
  /** Texts of gold passages; empty where only documents are known. */
  readonly goldPassages: readonly string[];
};

/**
 * The measures of RAGAS by words and vectors, without a model:
 * - faithfulness: mean support of the answer's sentences, see `sentenceSupport`;
 * - answer relevancy: mean of the cosine of question and answer and of the share of the question's words in the answer,
 *   in place of questions made from the answer;
 * - context precision: a passage is useful when it holds half of a gold passage's runs of words, or where no passage is
 *   known, when it is of a document that answers;
 * - context recall: the share of runs of three words of the gold passages, or else of the right answer, in the passages;
 * - correctness: F1 of the words of the answer and of the right one; gold recall: the share of the right one's.
 * By words alone a sentence and its denial are alike; read these figures against each other, not as truth.
 */
export async function measureAnswer(
  { question, answer, gold, passages, goldPassages }: AnsweredQuestion,
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<AnswerMeasures> {
  const texts = passages.map(({ text }) => text);
  const plain = withoutCitations(answer);
  const isAnswered = plain.trim() !== '';
  const opened = openPassages(texts);
  const overlap = isAnswered && gold !== null ? answerOverlap(plain, gold) : null;
  const needed = goldPassages.length > 0 ? goldPassages : gold === null ? [] : [gold];
  const useful = passages.map(({ text, isRelevant }) =>
    goldPassages.length > 0 ? goldPassages.some((each) => coverage(each, [text]) >= SAME_PASSAGE) : isRelevant,
  );
  return {
    faithfulness: isAnswered ? faithfulnessOf(claimsIn(answer).map((claim) => sentenceSupport(claim, opened))) : null,
    answerRelevancy: isAnswered ? await relevancyOf(question, plain, embedder, signal) : null,
    contextPrecision: useful.includes(null) ? null : contextPrecisionOf(useful as readonly boolean[]),
    contextRecall: faithfulnessOf(needed.map((each) => coverage(each, texts))),
    correctness: overlap?.f1 ?? null,
    goldRecall: overlap?.recall ?? null,
  };
}

async function relevancyOf(
  question: string,
  answer: string,
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<number> {
  const share = coveredShare(question, answer);
  const [asked, given] = [await embedder.embedQuery(question, signal), await embedder.embedQuery(answer, signal)];
  return asked && given ? (share + cosineOf(asked, given)) / 2 : share;
}
