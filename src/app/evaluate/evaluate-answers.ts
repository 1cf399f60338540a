import { performance } from 'node:perf_hooks';
import type { Answer } from '../../domain/answer.ts';
import { createBuiltinEmbedder } from '../../embed/builtin/builtin-embedder.ts';
import type { Embedder } from '../../embed/types.ts';
import { ANSWER_MEASURE_NAMES, type AnswerMeasures } from '../../evaluate/answer-measures.ts';
import { noCalls } from '../../evaluate/ask-for-json.ts';
import { judgeAnswer } from '../../evaluate/judge-answer.ts';
import { mean, percentile } from '../../evaluate/metrics.ts';
import { bootstrapInterval } from '../../evaluate/significance.ts';
import type { Generator } from '../../generate/types.ts';
import { throwIfAborted } from '../../platform/errors.ts';
import type { KnowledgeBase, SearchHit } from '../types.ts';
import type { AnswerReport, AnswerSummary, QuestionAnswer } from './answer-report.ts';
import { type AnsweredQuestion, measureAnswer } from './measure-answer.ts';
import type { JudgedQuestion, OpenQuestion, QuestionSet } from './question-set.ts';

export type EvaluateAnswersOptions = {
  /** Who answers, as `ask` takes it. */
  readonly model?: string;
  /** Passages that an answer may draw on, as `ask` takes it. */
  readonly passages?: number;
  /** Compares questions and answers; the built-in one unless another is given. */
  readonly embedder?: Embedder;
  /** Absent or null: by words alone. */
  readonly judge?: Generator | null;
  /** Most questions, the first ones. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
  readonly onQuestion?: (done: number, total: number) => void;
};

type Asked = OpenQuestion & { readonly judged: JudgedQuestion | null };

/**
 * Asks every question, and measures the answers by words and, where there is a judge, by what it says. Measures of
 * answers are of questions that have an answer and were not refused; an answer that cites nothing counts as refused, as
 * models are told to. Throws what `ask` and the judge throw.
 */
export async function evaluateAnswers(
  knowledgeBase: KnowledgeBase,
  set: QuestionSet,
  options: EvaluateAnswersOptions = {},
): Promise<AnswerReport> {
  const { embedder = createBuiltinEmbedder(), judge = null, signal } = options;
  const asked: Asked[] = [
    ...set.questions.map((judged) => ({ ...judged, judged })),
    ...set.open.map((question) => ({ ...question, judged: null })),
  ].slice(0, options.limit);
  const count = noCalls();
  const questions: QuestionAnswer[] = [];
  let model = '';
  for (const question of asked) {
    throwIfAborted(signal);
    const started = performance.now();
    const { answer, hits } = await answerOf(knowledgeBase, question.text, options);
    const latencyMs = performance.now() - started;
    model = answer.model;
    const isAnswerable = question.judged !== null || question.gold !== null;
    const isRefused = answer.support === 'none';
    const given = answeredQuestion(set, question, isRefused ? '' : answer.text, hits);
    const texts = given.passages.map(({ text }) => text);
    questions.push({
      id: question.id,
      question: question.text,
      kind: question.kind,
      isAnswerable,
      isRefused,
      answer: answer.text,
      gold: question.gold,
      latencyMs,
      lexical: isAnswerable ? await measureAnswer(given, embedder, signal) : null,
      judged:
        judge && isAnswerable
          ? await judgeAnswer({ generator: judge, embedder }, { ...given, passages: texts }, count, signal)
          : null,
    });
    options.onQuestion?.(questions.length, asked.length);
  }
  const answerable = questions.filter(({ isAnswerable }) => isAnswerable);
  const unanswerable = questions.filter(({ isAnswerable }) => !isAnswerable);
  const latencies = questions.map(({ latencyMs }) => latencyMs);
  return {
    set: set.name,
    model,
    judge: judge && { model: judge.name, ...count },
    answerable: { questions: answerable.length, refused: answerable.filter(({ isRefused }) => isRefused).length },
    unanswerable: { questions: unanswerable.length, refused: unanswerable.filter(({ isRefused }) => isRefused).length },
    lexical: summaryOf(answerable.flatMap(({ lexical }) => lexical ?? [])),
    judged: judge && summaryOf(answerable.flatMap(({ judged }) => judged ?? [])),
    kinds: kindsOf(answerable),
    latencyMs: { p50: percentile(0.5, latencies), p95: percentile(0.95, latencies) },
    questions,
  };
}

async function answerOf(
  knowledgeBase: KnowledgeBase,
  question: string,
  { model, passages, signal }: EvaluateAnswersOptions,
): Promise<{ readonly answer: Answer; readonly hits: readonly SearchHit[] }> {
  let answer: Answer | null = null;
  let hits: readonly SearchHit[] = [];
  // Of this model, and of no other that would answer in its place.
  for await (const event of knowledgeBase.ask(question, { model, limit: passages, purpose: 'eval', signal })) {
    if (event.type === 'search-end') hits = event.result.hits;
    else if (event.type === 'answer-end') answer = event.answer;
  }
  // A stream of `ask` ends with its answer.
  return { answer: answer as unknown as Answer, hits };
}

function answeredQuestion(
  set: QuestionSet,
  { text, gold, judged }: Asked,
  answer: string,
  hits: readonly SearchHit[],
): AnsweredQuestion {
  const isRelevant = (hit: SearchHit): boolean | null =>
    judged && set.keysOf(judged, hit).some((key) => (judged.judgements.get(key) ?? 0) > 0);
  const isAnswerAsEvidence = judged?.evidence.length === 1 && judged.evidence[0] === gold;
  return {
    question: text,
    answer,
    gold,
    passages: hits.map((hit) => ({
      text: [hit.document.title, ...hit.chunk.headingPath, hit.chunk.text].join('\n'),
      isRelevant: isRelevant(hit),
    })),
    goldPassages: isAnswerAsEvidence ? [] : (judged?.evidence ?? []),
  };
}

/** Of each measure, over the answers that have it. */
const summaryOf = (all: readonly AnswerMeasures[]): readonly AnswerSummary[] =>
  ANSWER_MEASURE_NAMES.map((measure) => {
    const values = all.flatMap((each) => each[measure] ?? []);
    return { measure, mean: mean(values), interval: bootstrapInterval(values), answers: values.length };
  });

function kindsOf(questions: readonly QuestionAnswer[]): AnswerReport['kinds'] {
  const kinds = new Set(questions.flatMap(({ kind }) => kind ?? []));
  return [...kinds].map((kind) => {
    const ofKind = questions.filter((each) => each.kind === kind);
    return {
      kind,
      questions: ofKind.length,
      refused: ofKind.filter(({ isRefused }) => isRefused).length,
      lexical: summaryOf(ofKind.flatMap(({ lexical }) => lexical ?? [])),
    };
  });
}
