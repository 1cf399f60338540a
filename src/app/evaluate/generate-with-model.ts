import { coveredShare } from '../../answer/sentence-support.ts';
import { termsOf } from '../../answer/text-terms.ts';
import { type ModelCalls, noCalls } from '../../evaluate/ask-for-json.ts';
import {
  askForQuestions,
  type ModelQuestion,
  QUESTION_PROMPT_VERSION,
  readQuestions,
} from '../../evaluate/ask-for-questions.ts';
import type { GeneratedQuestion } from '../../evaluate/generate-questions.ts';
import { createRandom } from '../../evaluate/random.ts';
import type { Generator } from '../../generate/types.ts';
import { RagError, throwIfAborted } from '../../platform/errors.ts';
import type { KnowledgeBase } from '../types.ts';
import { contentOf, type GenerateOptions, sampleDocuments } from './generate-question-set.ts';
import type { ReplyCache } from './reply-cache.ts';

export type ModelGenerateOptions = GenerateOptions & {
  readonly generator: Generator;
  readonly cache: ReplyCache;
};

export type ModelQuestionSet = {
  readonly questions: readonly GeneratedQuestion[];
  readonly calls: Readonly<ModelCalls>;
  /** Replies that were there already. */
  readonly cached: number;
  /** Questions that did not pass the checks, by reason. */
  readonly refused: Readonly<Record<string, number>>;
};

/** What a model is shown of a document: a fact and what it is about. In UTF-16 units. */
const MAX_PASSAGE_LENGTH = 1200;
const MIN_PASSAGE_LENGTH = 80;

/** Passages that are asked about for each question that is wanted: replies may have none that passes. */
const PASSAGES_PER_QUESTION = 2;

/**
 * Questions that a model makes of passages, one of each document in turn, each checked: its quote stands in the
 * passage, its answer is borne out by the quote, and it makes sense without the passage. At most twice as many calls as
 * questions are wanted; replies are kept. Throws NOT_FOUND when nothing is left, and what the generator throws.
 */
export async function generateWithModel(
  knowledgeBase: KnowledgeBase,
  { generator, cache, ...options }: ModelGenerateOptions,
): Promise<ModelQuestionSet> {
  const { limit, seed = 1, signal } = options;
  const calls = noCalls();
  const refused: Record<string, number> = {};
  const questions: GeneratedQuestion[] = [];
  const seen = new Set<string>();
  let cached = 0;
  const passages = passagesOf(knowledgeBase, options, createRandom(seed));
  for (const [i, { path, title, passage }] of passages.entries()) {
    if (questions.length >= limit) break;
    throwIfAborted(signal);
    const key = ['questions', String(QUESTION_PROMPT_VERSION), generator.name, title, passage];
    const kept = readQuestions({ questions: cache.get(key) });
    if (kept) cached++;
    const made = kept ?? (await askForQuestions(generator, { title, passage }, calls, signal));
    if (!kept && made) cache.put(key, made);
    for (const each of made ?? []) {
      const id = termsOf(each.question)
        .map(({ stem }) => stem)
        .join(' ');
      const reason = seen.has(id) ? 'asked before' : faultOf(each, passage);
      if (reason) refused[reason] = (refused[reason] ?? 0) + 1;
      else if (questions.length < limit) questions.push(lineOf(each, path, questions.length + 1));
      seen.add(id);
    }
    options.onDocument?.(Math.max(questions.length, Math.floor((i * limit) / passages.length)), limit);
  }
  if (questions.length === 0) {
    const reasons = Object.entries(refused).map(([reason, count]) => `${count} ${reason}`);
    throw new RagError('NOT_FOUND', {
      message: `${generator.name} made no usable question of ${passages.length} passages${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}.`,
      hint: 'Leave out --model to make questions by rules, or name another model.',
    });
  }
  return { questions, calls, cached, refused };
}

const lineOf = ({ question, answer, quote }: ModelQuestion, path: string, number: number): GeneratedQuestion => ({
  id: `model-${number}`,
  question,
  paths: [path],
  passages: [quote],
  answer,
  kind: 'model',
});

/** One passage of each document, then a second of each: as many as may be asked about. */
function passagesOf(knowledgeBase: KnowledgeBase, options: GenerateOptions, random: () => number) {
  const wanted = options.limit * PASSAGES_PER_QUESTION;
  const documents = sampleDocuments(knowledgeBase, options, wanted);
  const rounds = documents.length > 0 ? Math.min(20, Math.ceil(wanted / documents.length)) : 0;
  const all = documents.map((summary) => {
    const { path, title, sentences } = contentOf(knowledgeBase, summary);
    return Array.from({ length: rounds }, () => passageFrom(sentences, Math.floor(random() * sentences.length))).map(
      (passage) => ({ path, title, passage }),
    );
  });
  const known = new Set<string>();
  return Array.from({ length: rounds }, (_, round) => all.flatMap((ofDocument) => ofDocument.slice(round, round + 1)))
    .flat()
    .filter(({ passage }) => passage.length >= MIN_PASSAGE_LENGTH && !known.has(passage) && known.add(passage))
    .slice(0, wanted);
}

/** Sentences from one on, and from the start where the document ends too soon, up to the length of a passage. */
function passageFrom(sentences: readonly string[], first: number): string {
  let text = '';
  for (const sentence of sentences.slice(first)) {
    const next = `${text} ${sentence.replace(/\s+/g, ' ').trim()}`.trim();
    if (next.length > MAX_PASSAGE_LENGTH) break;
    text = next;
  }
  return text.length >= MIN_PASSAGE_LENGTH || first === 0 ? text : passageFrom(sentences, Math.floor(first / 2));
}

const MIN_QUESTION_WORDS = 3;
const MAX_QUESTION_WORDS = 40;

/** Of the words of an answer, in the sentence that it was taken from; models write numbers and names their own way. */
const MIN_ANSWER_SHARE = 0.5;

const speaksOfPassage =
  /\b(?:the|this|that|given|above) (?:passage|text|excerpt|document|article|author|section|paragraph|snippet)\b/i;

/** Why a question is of no use; null where it is. */
export function faultOf({ question, answer, quote }: ModelQuestion, passage: string): string | null {
  const words = termsOf(question).length;
  if (words < MIN_QUESTION_WORDS || words > MAX_QUESTION_WORDS) return 'too short or too long';
  if (speaksOfPassage.test(question)) return 'about "the passage"';
  if (!plainOf(passage).includes(plainOf(quote)) || termsOf(quote).length < MIN_QUESTION_WORDS)
    return 'with a quote that is not there';
  if (coveredShare(answer, quote) < MIN_ANSWER_SHARE) return 'with an answer that is not in its quote';
  if (coveredShare(question, passage) === 0) return 'that shares no word with its passage';
  return null;
}

/** Marks and spaces aside, which models write their own way. */
const plainOf = (text: string): string =>
  termsOf(text)
    .map(({ word }) => word)
    .join(' ');
