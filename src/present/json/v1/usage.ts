import type { CalibrationReport } from '../../../app/confidence/types.ts';
import type { GapReport } from '../../../app/gaps/types.ts';
import type { CacheFigures, FeedbackEntry, LoggedQuestion, UsageFigures } from '../../../app/usage/types.ts';

const cacheToJson = ({ name, entries, bytes, hits, misses }: CacheFigures) => ({ name, entries, bytes, hits, misses });

/** Data of `rag.calibration/1`. */
export const calibrationToJson = (report: CalibrationReport) => ({
  set: report.set,
  labels: report.labels,
  heldOutHits: report.heldOutHits,
  brier: report.brier,
  baseBrier: report.baseBrier,
  calibrationError: report.calibrationError,
  p: report.comparison?.p ?? null,
  accepted: report.accepted,
  refusals: report.refusals,
  applied: report.applied,
});

/** Data of `rag.cache/1`. */
export const cachesToJson = (caches: readonly CacheFigures[]) => ({ caches: caches.map(cacheToJson) });

/** The part of `rag.status/1` that says what was asked. */
export const usageToJson = ({ questions, feedback, calibratedOn, caches }: UsageFigures) => ({
  questions: { count: questions.count, bytes: questions.bytes, oldest: questions.oldest },
  feedback,
  calibratedOn,
  caches: caches.map(cacheToJson),
});

/** An entry of `rag.feedback/1`. */
export const feedbackToJson = (entry: FeedbackEntry) => ({
  id: entry.id,
  givenAt: entry.givenAt,
  question: entry.question,
  state: entry.state,
  collection: entry.collection,
  uri: entry.uri,
  path: entry.path,
  documentId: entry.documentId,
  chunkId: entry.chunkId,
  page: entry.page,
  lines: entry.lines,
});

/** An entry of `rag.questions/1`. `coverage` in [0, 1]; `bestCosine` in [-1, 1]. */
export const questionToJson = (question: LoggedQuestion) => ({
  askedAt: question.askedAt,
  question: question.text,
  command: question.command,
  mode: question.mode,
  filter: JSON.parse(question.filter) as unknown,
  results: question.results,
  bestScore: question.bestScore,
  bestCosine: question.bestCosine,
  coverage: question.coverage,
  elapsedMs: question.elapsedMs,
});

/** Data of `rag.gaps/1`. */
export const gapsToJson = (report: GapReport) => ({
  gaps: report.gaps.map((gap) => ({
    question: gap.question,
    questions: gap.questions,
    terms: gap.terms,
    asked: gap.asked,
    lastAsked: gap.lastAsked,
    unknownWords: gap.unknownWords,
    missingWords: gap.missingWords,
    coverage: gap.coverage,
    cosine: gap.cosine,
    nearest: gap.nearest,
    advice: gap.advice,
  })),
  more: report.more,
  asked: report.asked,
  questions: report.questions,
  filled: report.filled,
  unchecked: report.unchecked,
  reason: report.reason,
});
