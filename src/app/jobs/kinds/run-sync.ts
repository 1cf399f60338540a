import { EMPTY_REPORT } from '../../ingest/empty-report.ts';
import type { IngestReport } from '../../types.ts';
import type { JobReporter, JobTools, KindOutcome, SyncSpec } from '../types.ts';
import { ingestOutcome } from './ingest-outcome.ts';
import { reportIngest } from './report-ingest.ts';

/** Brings sources in step. What a former attempt stored is found unchanged, and not read again. */
export async function runSync(
  { options }: Pick<SyncSpec, 'options'>,
  reporter: JobReporter,
  tools: Pick<JobTools, 'knowledgeBase'>,
): Promise<KindOutcome> {
  const { see } = reportIngest(reporter, Date.now);
  let report: IngestReport = EMPTY_REPORT;
  for await (const event of tools.knowledgeBase.sync({ ...options, signal: reporter.signal })) {
    see(event);
    if (event.type === 'ingest-end') report = event.report;
  }
  return ingestOutcome(report);
}
