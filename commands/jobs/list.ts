import { type Command, Option } from 'commander';
import type { JobState } from '../../src/app/jobs/types.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { jobDetailsToJson, jobToJson, workerToJson } from '../../src/present/json/v1/jobs.ts';
import { renderJob, renderJobs } from '../../src/present/text/render-jobs.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, type CommonFlags, wholeNumber } from '../shared/flags.ts';
import { jobId, withJobs } from '../shared/with-jobs.ts';

type ListFlags = CommonFlags & { readonly state?: JobState; readonly kind?: string; readonly limit: number };

/** list and show. */
export function defineList(command: Command, context: CommandContext): void {
  const list = command
    .command('list', { isDefault: true })
    .description('List jobs: what runs, what waits, then what ended, newest first')
    .addOption(
      new Option('--state <state>', 'only those').choices(['queued', 'running', 'done', 'failed', 'cancelled']),
    )
    .option('--kind <kind>', 'only those of this kind: add, sync, workflow, ...')
    .option('-n, --limit <number>', 'most jobs', wholeNumber, 30)
    .action(context.action((flags: ListFlags) => listAll(context, flags)));
  addExamples(list, [['rag jobs list --state failed', 'what may have to be done again']]);

  const show = command
    .command('show')
    .description('Show one job: its steps, its attempts and what it came to; with -v the stack of a fault')
    .argument('<id>', 'its number')
    .action(context.action((id: string, flags: CommonFlags) => showOne(context, id, flags)));
  addExamples(show, [['rag jobs show 3 -v', 'with every attempt and the stacks']]);
}

const listAll = (context: CommandContext, flags: ListFlags): Promise<ExitCode> =>
  withJobs(context, flags, async (jobs, { page, note }) => {
    const { state, kind, limit } = flags;
    const found = jobs.list({ ...(state && { states: [state] }), ...(kind && { kind }), limit });
    const workers = jobs.workers().filter(({ isAlive }) => isAlive);
    if (flags.json) {
      const data = { jobs: found.map(jobToJson), counts: jobs.counts(), workers: workers.map(workerToJson) };
      context.stdout.write(renderEnvelope('rag.jobs/1', data));
    } else if (found.length > 0) {
      const width = context.stdout.isTerminal ? page.width : Math.max(page.width, 80);
      context.stdout.write(renderJobs(found, { ...page, width }, Date.now()));
    }
    if (found.length === 0) {
      note(
        state || kind ? 'There is no such job.' : 'There are no jobs; `rag add --background` and `rag sync` make some.',
      );
      return EXIT.nothingFound;
    }
    const interrupted = found.find(({ shown, origin }) => shown === 'interrupted' && origin === 'foreground');
    if (interrupted)
      note(`Job ${interrupted.id} was interrupted; \`rag jobs retry ${interrupted.id}\` goes on with it.`);
    const waits = found.some(
      ({ shown, origin }) => shown === 'queued' || (shown === 'interrupted' && origin !== 'foreground'),
    );
    if (waits && workers.length === 0) note('No worker runs; `rag worker` takes up what waits.');
    return EXIT.done;
  });

const showOne = (context: CommandContext, id: string, flags: CommonFlags): Promise<ExitCode> =>
  withJobs(context, flags, async (jobs, { page }) => {
    const job = jobs.get(jobId(id));
    const all = flags.verbose ?? false;
    context.stdout.write(
      flags.json ? renderEnvelope('rag.job/1', jobDetailsToJson(job)) : renderJob(job, page, { now: Date.now(), all }),
    );
    return EXIT.done;
  });
