import type { IngestEvent, ItemStatus } from '../../types.ts';
import type { JobReporter } from '../types.ts';

/** Problems that the log of one run lists; the counts tell of the rest. */
const MAX_LISTED_PROBLEMS = 300;

const STORED: readonly ItemStatus[] = ['added', 'updated', 'moved', 'removed'];

/** Tells a job what an ingest tells: its steps are the documents, their vectors, and their names for each other. */
export function reportIngest(reporter: JobReporter, now: () => number): { see(event: IngestEvent): void } {
  let listed = 0;
  // Of the targets before this one.
  let base = 0;
  let last = { done: 0, total: 0 };
  const end = (): void => {
    for (const { name, state } of reporter.steps) {
      if (state === 'running') reporter.step(name, { state: 'done', endedAt: now() });
    }
  };
  return {
    see(event) {
      switch (event.type) {
        case 'source-start':
          reporter.step('documents', {
            state: 'running',
            endedAt: null,
            // A former attempt counted from its own beginning.
            ...(base === 0 && last.done === 0 && { startedAt: now(), done: 0 }),
          });
          reporter.log('info', `Reading ${event.uri}`);
          break;
        case 'scan-end':
          reporter.log('info', `${event.items} documents found, ${event.skipped} left out: ${event.uri}`);
          break;
        case 'item-end': {
          const { path, status, reason, warnings } = event.outcome;
          last = { done: event.done, total: event.total };
          reporter.step('documents', { done: base + event.done, total: base + event.total });
          if (STORED.includes(status)) reporter.addUnits(1);
          if (status === 'failed' && listed++ < MAX_LISTED_PROBLEMS)
            reporter.log('error', `${path}: ${reason?.message ?? 'It could not be read.'}`);
          for (const warning of warnings ?? [])
            if (listed++ < MAX_LISTED_PROBLEMS) reporter.log('warning', `${path}: ${warning}`);
          break;
        }
        case 'embed-progress':
          reporter.step('vectors', { state: 'running', done: event.done, total: event.total, endedAt: null });
          break;
        case 'link-progress':
          reporter.step('names', { state: 'running', done: event.done, total: event.total, endedAt: null });
          break;
        case 'ingest-end':
          base += last.total;
          for (const { uri, message } of event.report.sourceProblems) reporter.log('error', `${uri}: ${message}`);
          if (!event.report.interrupted) end();
          break;
      }
    },
  };
}
