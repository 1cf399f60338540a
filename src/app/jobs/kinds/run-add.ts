import { isRagError } from '../../../platform/errors.ts';
import { EMPTY_REPORT } from '../../ingest/empty-report.ts';
import { mergeReports } from '../../ingest/merge-reports.ts';
import type { IngestReport } from '../../types.ts';
import { isRetryable } from '../job-failure.ts';
import type { AddSpec, JobReporter, JobTools, KindOutcome } from '../types.ts';
import { ingestOutcome } from './ingest-outcome.ts';
import { reportIngest } from './report-ingest.ts';

type Kept = { readonly finished: readonly number[]; readonly report: IngestReport };

/**
 * Adds one target after another. Those that are finished are not listed again when the job goes on after a kill; in the
 * one that was underway what is stored and unchanged is not read again.
 */
export async function runAdd(spec: AddSpec, reporter: JobReporter, tools: JobTools): Promise<KindOutcome> {
  const { targets, options, workingFolder } = spec;
  const kept = (reporter.kept as Kept | null) ?? { finished: [], report: EMPTY_REPORT };
  const finished = new Set(kept.finished);
  const begun = new Set<number>();
  let whole = kept.report;
  const reports: IngestReport[] = [whole];
  const { see } = reportIngest(reporter, Date.now);
  for (const [index, target] of targets.entries()) {
    if (finished.has(index)) continue;
    if (reporter.signal.aborted) break;
    begun.add(index);
    const report = await addOne();
    reports.push(report);
    // What may go well the next time is begun again then.
    if (report.interrupted || report.sourceProblems.some(isRetryable)) continue;
    finished.add(index);
    whole = mergeReports([whole, report], false);
    reporter.checkpoint({ finished: [...finished], report: whole } satisfies Kept);

    async function addOne(): Promise<IngestReport> {
      let last = EMPTY_REPORT;
      try {
        const events = tools.knowledgeBase.add(target, { ...options, workingFolder, signal: reporter.signal });
        for await (const event of events) {
          see(event);
          if (event.type === 'ingest-end') last = event.report;
        }
        return last;
      } catch (error) {
        if (targets.length === 1 || !isRagError(error) || error.code === 'ABORTED') throw error;
        const { code, message, hint } = error;
        reporter.log('error', `${target}: ${message}`);
        return { ...EMPTY_REPORT, sourceProblems: [{ uri: target, code, message, ...(hint && { hint }) }] };
      }
    }
  }
  const isWhole = begun.size + kept.finished.length === targets.length;
  return ingestOutcome(mergeReports(reports, !isWhole));
}
