import type { IngestEvent, IngestReport, ItemOutcome } from '../../../app/types.ts';
import { isChange, isProblem } from '../../text/render-ingest.ts';

/** One document of a run. Fields that do not apply are null or empty. */
export const outcomeToJson = (outcome: ItemOutcome) => ({
  status: outcome.status,
  path: outcome.path,
  uri: outcome.uri,
  from: outcome.from ?? null,
  chunks: outcome.chunks ?? null,
  reason: outcome.reason
    ? { code: outcome.reason.code, message: outcome.reason.message, hint: outcome.reason.hint ?? null }
    : null,
  warnings: outcome.warnings ?? [],
  ...(outcome.pii && { pii: outcome.pii }),
});

export const ingestReportToJson = (report: IngestReport) => ({
  dryRun: report.dryRun,
  interrupted: report.interrupted,
  elapsedMs: report.elapsedMs,
  counts: report.counts,
  chunks: report.chunks,
  ...(report.cutTexts !== undefined && { cutTexts: report.cutTexts }),
  ...(report.pii && { pii: report.pii }),
  ...(report.crawls !== undefined && { crawls: report.crawls }),
  sourceProblems: report.sourceProblems.map(({ uri, code, message, hint }) => ({
    uri,
    code,
    message,
    hint: hint ?? null,
  })),
});

/** Data of `rag.ingest/1`: what changed, what failed or was skipped, and what was taken with a warning. */
export const ingestToJson = (report: IngestReport, outcomes: readonly ItemOutcome[]) => ({
  ...ingestReportToJson(report),
  changes: outcomes.filter(isChange).map(outcomeToJson),
  problems: outcomes.filter(isProblem).map(outcomeToJson),
});

/** One line of `rag add -o jsonl` and `rag sync -o jsonl`. */
export function ingestEventToLine(event: IngestEvent) {
  switch (event.type) {
    case 'item-end':
      return { type: event.type, ...outcomeToJson(event.outcome), done: event.done, total: event.total };
    case 'ingest-end':
      return { type: event.type, ...ingestReportToJson(event.report) };
    default:
      return event;
  }
}
