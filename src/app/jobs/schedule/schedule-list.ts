import { RagError } from '../../../platform/errors.ts';
import type { Clock } from '../../../platform/runtime.ts';
import type { JobStore, StoredSchedule } from '../../../store/types.ts';
import { newJob } from '../job-spec.ts';
import { type SealedSpec, sealed } from '../seal.ts';
import type { Jobs } from '../types.ts';
import { nextRun, nextRuns } from './next-run.ts';

type ScheduleList = Pick<
  Jobs,
  'schedules' | 'addSchedule' | 'findSchedule' | 'removeSchedule' | 'pauseSchedule' | 'resumeSchedule' | 'nextRuns'
>;

/** What is to be done again and again. */
export function createScheduleList(jobs: JobStore, clock: Clock): ScheduleList {
  const find = (reference: string): StoredSchedule => {
    const found = jobs.schedules().find(({ name, id }) => name === reference || String(id) === reference);
    if (found) return found;
    throw new RagError('NOT_FOUND', {
      message: `There is no schedule "${reference}".`,
      hint: '`rag schedule list` shows those there are.',
    });
  };
  const firstRun = async (pattern: string, timezone: string | null): Promise<number> => {
    const at = await nextRun({ pattern, timezone }, clock.now());
    if (at !== null) return at;
    throw new RagError('USAGE', {
      message: `"${pattern}" never comes.`,
      hint: 'No month has that day; give another one.',
    });
  };
  return {
    schedules: jobs.schedules,
    findSchedule: find,
    async addSchedule(spec, { pattern, name, timezone = null, missed = 'once' }) {
      const { origin: _, ...job } = newJob(spec, { origin: 'schedule' });
      const nextAt = await firstRun(pattern, timezone);
      const names = new Set(jobs.schedules().map((schedule) => schedule.name));
      const chosen = name ?? freeName(job.kind, names);
      return jobs.putSchedule({ name: chosen, pattern, timezone, missed, job, nextAt }, clock.now());
    },
    removeSchedule(reference) {
      const schedule = find(reference);
      jobs.removeSchedule(schedule.id);
      return schedule;
    },
    pauseSchedule(reference) {
      const { id } = find(reference);
      jobs.setSchedulePaused(id, true);
      return find(String(id));
    },
    async resumeSchedule(reference) {
      const { id, pattern, timezone, job } = find(reference);
      // Whoever resumes it asks for it, whoever asked for it before.
      const own = { ...job, spec: sealed(job.spec as SealedSpec) };
      jobs.resumeSchedule(id, { job: own, nextAt: await firstRun(pattern, timezone) });
      return find(String(id));
    },
    nextRuns: (schedule, count) => nextRuns(schedule, clock.now(), count),
  };
}

/** `sync`, or `sync-2` where that is taken. */
function freeName(kind: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? kind : `${kind}-${number}`;
    if (!taken.has(name)) return name;
  }
}
