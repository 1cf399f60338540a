import { NO_COUNTS } from './empty-report.ts';
import type { IngestReport, ItemStatus } from './types.ts';

/** The report of several runs as if they were one. */
export function mergeReports(reports: readonly IngestReport[], aborted: boolean): IngestReport {
  const counts = { ...NO_COUNTS };
  for (const report of reports) {
    for (const status of Object.keys(counts) as ItemStatus[]) counts[status] += report.counts[status];
  }
  const crawls = reports.flatMap((report) => report.crawls ?? []);
  const cutTexts = reports.reduce((sum, report) => sum + (report.cutTexts ?? 0), 0);
  return {
    dryRun: reports.some((report) => report.dryRun),
    counts,
    chunks: reports.reduce((sum, report) => sum + report.chunks, 0),
    ...(cutTexts > 0 && { cutTexts }),
    ...(crawls.length > 0 && { crawls }),
    ...sumPii(reports),
    elapsedMs: reports.reduce((sum, report) => sum + report.elapsedMs, 0),
    interrupted: aborted || reports.some((report) => report.interrupted),
    sourceProblems: reports.flatMap((report) => report.sourceProblems),
  };
}

/** Nothing where nobody looked. */
function sumPii(reports: readonly IngestReport[]): Pick<IngestReport, 'pii'> {
  const looked = reports.filter(({ pii }) => pii !== undefined);
  const sum: Record<string, number> = {};
  for (const { pii = {} } of looked)
    for (const [kind, count] of Object.entries(pii)) sum[kind] = (sum[kind] ?? 0) + count;
  return looked.length > 0 ? { pii: sum } : {};
}
