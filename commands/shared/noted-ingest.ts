import { EMPTY_REPORT } from '../../src/app/ingest/empty-report.ts';
import { mergeReports } from '../../src/app/ingest/merge-reports.ts';
import { jobErrorOf } from '../../src/app/jobs/job-failure.ts';
import { ingestOutcome } from '../../src/app/jobs/kinds/ingest-outcome.ts';
import { reportIngest } from '../../src/app/jobs/kinds/report-ingest.ts';
import type { JobEnd, JobSpec, Jobs, RunningJob } from '../../src/app/jobs/types.ts';
import type { IngestEvent, IngestReport, KnowledgeBase } from '../../src/app/types.ts';
import { isRagError } from '../../src/platform/errors.ts';
import type { CommandContext } from './context.ts';
import type { ExitCode } from './exit-code.ts';

/** What the work is done under: a signal that `rag jobs cancel` fires as well, and somebody who hears its events. */
export type NotedWork = {
  readonly context: CommandContext;
  hear(events: AsyncIterable<IngestEvent>): AsyncIterable<IngestEvent>;
};

/**
 * Does an ingest of the foreground that stands among the jobs: while it runs, others see how far it is and may cancel it;
 * when it is killed, it is seen to be interrupted. `spec` null, or where it cannot be noted: it is done all the same.
 */
export async function notedIngest(
  context: CommandContext,
  knowledgeBase: KnowledgeBase,
  spec: JobSpec | null,
  work: (noted: NotedWork) => Promise<ExitCode>,
): Promise<ExitCode> {
  const running = spec && begin(await knowledgeBase.jobs(), spec);
  if (!running) return work({ context, hear: (events) => events });
  const signal = AbortSignal.any([context.signal, running.signal]);
  const reports: IngestReport[] = [];
  const { see } = reportIngest(running, Date.now);
  async function* hear(events: AsyncIterable<IngestEvent>): AsyncIterable<IngestEvent> {
    for await (const event of events) {
      see(event);
      if (event.type === 'ingest-end') reports.push(event.report);
      yield event;
    }
  }
  try {
    const code = await work({ context: { ...context, signal }, hear });
    running.end(endOf(running, mergeReports(reports, signal.aborted)));
    return code;
  } catch (error) {
    running.end(signal.aborted ? { state: 'cancelled' } : { state: 'failed', error: jobErrorOf(error) });
    throw error;
  }
}

/** Null for what is not to be stored, which whoever adds it is told. */
function begin(jobs: Pick<Jobs, 'begin'>, spec: JobSpec): RunningJob | null {
  try {
    return jobs.begin(spec);
  } catch (error) {
    if (isRagError(error) && error.code === 'SOURCE_REFUSED') return null;
    throw error;
  }
}

function endOf({ stopReason }: RunningJob, report: IngestReport = EMPTY_REPORT): JobEnd | null {
  if (stopReason === 'lost') return null;
  const { result, problem, isFailure } = ingestOutcome(report);
  if (report.interrupted) return { state: 'cancelled', result };
  return problem && isFailure ? { state: 'failed', error: jobErrorOf(problem), result } : { state: 'done', result };
}
