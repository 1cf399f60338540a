import type { AnswerReport, AnswerSummary } from '../../../app/evaluate/answer-report.ts';

const summariesToJson = (summaries: readonly AnswerSummary[]) =>
  Object.fromEntries(
    summaries.map(({ measure, mean, interval, answers }) => [
      measure,
      { mean: answers > 0 ? mean : null, interval: answers > 0 ? interval : null, answers },
    ]),
  );

/** Data of `rag.eval-answers/1`. Measures are in [0, 1], null where they cannot be said. */
export const answerReportToJson = (report: AnswerReport) => ({
  set: report.set,
  model: report.model,
  judge: report.judge,
  answerable: report.answerable,
  unanswerable: report.unanswerable,
  lexical: summariesToJson(report.lexical),
  judged: report.judged && summariesToJson(report.judged),
  kinds: report.kinds.map(({ kind, questions, refused, lexical }) => ({
    kind,
    questions,
    refused,
    lexical: summariesToJson(lexical),
  })),
  latencyMs: report.latencyMs,
  questions: report.questions.map((each) => ({
    id: each.id,
    question: each.question,
    kind: each.kind,
    isAnswerable: each.isAnswerable,
    isRefused: each.isRefused,
    answer: each.answer,
    gold: each.gold,
    latencyMs: each.latencyMs,
    lexical: each.lexical,
    judged: each.judged,
  })),
});
