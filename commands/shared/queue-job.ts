import type { JobSpec, Jobs } from '../../src/app/jobs/types.ts';
import type { KnowledgeBase } from '../../src/app/types.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { jobToJson } from '../../src/present/json/v1/jobs.ts';
import { escapeLine } from '../../src/present/text/escape-terminal.ts';
import type { CommandContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { type FormatFlags, formatOf } from './flags.ts';
import type { Session } from './session.ts';
import { ensureWorker, type WorkerStart } from './start-worker.ts';

/** Puts a job into the queue, has a worker there, and says so. */
export async function queueJob(
  { stdout }: CommandContext,
  session: Session,
  {
    knowledgeBase,
    spec,
    flags,
  }: { readonly knowledgeBase: KnowledgeBase; readonly spec: JobSpec; readonly flags: FormatFlags },
): Promise<ExitCode> {
  const jobs: Jobs = await knowledgeBase.jobs();
  const { job, isNew } = jobs.enqueue(spec);
  const worker = await ensureWorker(session, jobs);
  if (formatOf(flags) !== 'text') {
    stdout.write(renderEnvelope('rag.job/1', { ...jobToJson(job), isNew, worker }));
    return EXIT.done;
  }
  const what = `job ${job.id}: ${job.kind} ${escapeLine(job.title)}`;
  stdout.write(isNew ? `Queued as ${what}.\n` : `It is ${job.shown} already, as ${what}.\n`);
  sayWorker(session, worker);
  session.note(`\`rag jobs watch ${job.id}\` shows how it goes.`);
  return EXIT.done;
}

/** Who works on it, or how to have somebody. */
export function sayWorker({ note, warn }: Session, worker: WorkerStart): void {
  if (worker.pid === null)
    warn(`No worker could be started (${worker.reason}). Run \`rag worker\` in another terminal.`);
  else if (worker.isNew) note(`A worker was started (process ${worker.pid}); its log is ${worker.log}.`);
  else note(`The worker of process ${worker.pid} takes it up.`);
}
