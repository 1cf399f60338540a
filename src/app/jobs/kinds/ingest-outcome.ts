import { RagError, type RagErrorCode } from '../../../platform/errors.ts';
import type { IngestReport } from '../../types.ts';
import { isRetryable } from '../job-failure.ts';
import type { KindOutcome } from '../types.ts';

/** Counts of an ingest by name, as conditions of workflows ask for them. */
export const INGEST_FIELDS = [
  'added',
  'updated',
  'moved',
  'removed',
  'unchanged',
  'skipped',
  'failed',
  'changed',
  'chunks',
  'problems',
] as const;

/** Nothing taken in where something was refused is a failure; something taken in beside a fault is none. */
export function ingestOutcome(report: IngestReport): KindOutcome {
  const { counts, chunks, elapsedMs, sourceProblems } = report;
  const changed = counts.added + counts.updated + counts.moved + counts.removed;
  const isWhole = !report.interrupted;
  const result = { ...counts, changed, chunks, problems: sourceProblems.length, elapsedMs };
  const problem = sourceProblems.find(isRetryable) ?? sourceProblems[0];
  const isEmpty = changed + counts.unchanged === 0;
  if (problem) {
    const { code, uri, message, hint } = problem;
    const error = new RagError(code as RagErrorCode, { message: `${uri}: ${message}`, ...(hint && { hint }) });
    return { result, problem: error, isFailure: isEmpty, isWhole };
  }
  if (!isEmpty || counts.failed + counts.skipped === 0) return { result, problem: null, isFailure: false, isWhole };
  const none = new RagError('PARSE_FAILED', {
    message: `None of ${counts.failed + counts.skipped} documents could be taken in.`,
    hint: '`rag jobs log` names them, with the reasons.',
  });
  return { result, problem: none, isFailure: true, isWhole };
}
