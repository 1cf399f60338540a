import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { JobLogLine, JobSummary, Jobs } from '../../src/app/jobs/types.ts';
import { renderEnvelope, renderLine } from '../../src/present/json/stringify.ts';
import { jobToJson, logLineToJson } from '../../src/present/json/v1/jobs.ts';
import { escapeLine } from '../../src/present/text/escape-terminal.ts';
import { outcomeOf, renderLogLine } from '../../src/present/text/render-jobs.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, addFormatFlag, type FormatFlags, formatOf } from '../shared/flags.ts';
import { createProgressLine } from '../shared/progress.ts';
import type { Session } from '../shared/session.ts';
import { jobId, withJobs } from '../shared/with-jobs.ts';

/** Soon enough to look alive. */
const LOOK_EVERY_MS = 300;
const MOST_JOBS = 1000;
const MOST_LINES = 1000;

const isOver = ({ shown }: JobSummary): boolean => shown !== 'queued' && shown !== 'running';

export function defineWatch(command: Command, context: CommandContext): void {
  const watch = command
    .command('watch')
    .description('Follow jobs until they have ended; Ctrl-C leaves them running')
    .argument('[id...]', 'their numbers; else all that wait or run')
    .action(context.action((ids: string[], flags: FormatFlags) => follow(context, ids, flags)));
  addFormatFlag(watch, ['text', 'json', 'jsonl']);
  addExamples(watch, [
    ['rag jobs watch 3', 'exits with 3 when it failed'],
    ['rag jobs watch -o jsonl', 'a line for each change, for a program'],
  ]);
}

const follow = (context: CommandContext, ids: readonly string[], flags: FormatFlags): Promise<ExitCode> =>
  withJobs(context, flags, async (jobs, session) => {
    const all = jobs.list({ states: ['queued', 'running'], limit: MOST_JOBS });
    const chosen = ids.length > 0 ? ids.map(jobId) : all.map(({ id }) => id);
    for (const id of chosen) jobs.get(id);
    if (chosen.length === 0) session.note('Nothing waits or runs.');
    const ended = await followJobs(context, session, { jobs, chosen, flags });
    if (formatOf(flags) === 'json') context.stdout.write(renderEnvelope('rag.jobs/1', { jobs: ended.map(jobToJson) }));
    if (chosen.length === 0) return EXIT.nothingFound;
    const failed = ended.filter(({ shown }) => shown === 'failed' || shown === 'interrupted').length;
    if (failed > 0) return failed === ended.length ? EXIT.failed : EXIT.partlyFailed;
    return EXIT.done;
  });

const logEvent = (job: number, line: JobLogLine) => ({ type: 'log', job, ...logLineToJson(line) });

type Followed = { readonly jobs: Jobs; readonly chosen: readonly number[]; readonly flags: FormatFlags };

/** The jobs as they are when all have ended, or when nobody follows any more. */
async function followJobs(
  { stdout, stderr, signal }: CommandContext,
  session: Session,
  { jobs, chosen, flags }: Followed,
): Promise<readonly JobSummary[]> {
  const format = formatOf(flags);
  const progress = createProgressLine(stderr);
  const seen = new Map<number, number>();
  const told = new Map<number, string>();
  const several = chosen.length > 1;
  for (;;) {
    const current = chosen.map((id) => jobs.get(id));
    for (const job of current) {
      for (const line of jobs.log(job.id, seen.get(job.id) ?? 0, MOST_LINES)) {
        seen.set(job.id, line.id);
        if (format === 'jsonl') stdout.write(renderLine(logEvent(job.id, line)));
        if (format !== 'text' || flags.quiet) continue;
        progress.clear();
        stdout.write(`${several ? `${job.id}  ` : ''}${renderLogLine(line, session.page)}`);
      }
      const state = JSON.stringify([job.shown, job.step?.name, job.step?.done]);
      if (format === 'jsonl' && told.get(job.id) !== state)
        stdout.write(renderLine({ type: 'job', ...jobToJson(job) }));
      if (format === 'text' && isOver(job) && !told.get(job.id)?.includes(job.shown)) {
        progress.clear();
        const outcome = escapeLine(outcomeOf(job, Date.now()));
        stdout.write(`Job ${job.id} is ${job.shown}${outcome === '' ? '.' : `: ${outcome}`}\n`);
      }
      told.set(job.id, state);
    }
    const running = current.find(({ shown, step }) => shown === 'running' && step !== null);
    if (running?.step && format === 'text' && !flags.quiet) progress.update({ ...running.step, path: running.title });
    if (current.every(isOver) || signal.aborted || stdout.isClosed()) {
      progress.clear();
      return current;
    }
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
