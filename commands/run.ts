import { resolve } from 'node:path';
import type { Command } from 'commander';
import { jobErrorOf } from '../src/app/jobs/job-failure.ts';
import { runJob } from '../src/app/jobs/run-job.ts';
import type { JobSpec, JobStep, RunningJob, WorkflowSpec } from '../src/app/jobs/types.ts';
import { readWorkflow, readWorkflowFile } from '../src/app/jobs/workflow/read-workflow.ts';
import type { Workflow } from '../src/app/jobs/workflow/types.ts';
import type { KnowledgeBase } from '../src/app/types.ts';
import { RagError } from '../src/platform/errors.ts';
import { systemClock } from '../src/platform/runtime.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { jobDetailsToJson } from '../src/present/json/v1/jobs.ts';
import { planToJson } from '../src/present/json/v1/workflow.ts';
import { renderJob } from '../src/present/text/render-jobs.ts';
import { renderPlan } from '../src/present/text/render-plan.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, usageError } from './shared/flags.ts';
import { jobSettings } from './shared/job-settings.ts';
import { ownProgram } from './shared/own-program.ts';
import { createProgressLine } from './shared/progress.ts';
import { queueJob } from './shared/queue-job.ts';
import { type Session, startSession, withKnowledgeBase } from './shared/session.ts';

type RunFlags = CommonFlags & { readonly background?: boolean; readonly dryRun?: boolean };

const SHOW_EVERY_MS = 200;

const HELP = `
A workflow is a TOML file:

  [[steps]]
  name = "fresh"
  kind = "sync"                       # add, sync, eval, summarize, command ...

  [[steps]]
  name = "measure"
  kind = "eval"
  args = ["questions.jsonl"]
  needs = ["fresh"]
  when = "fresh.changed > 0"          # also and, or, not, failed(x), always
  retry = { times = 2, delay = "30s" }
  timeout = "10m"

  [[steps]]
  name = "tell"
  kind = "command"                    # in a trusted folder only, without shell
  argv = ["notify-send", "it got worse"]
  when = "measure.ndcg < .5"
  continue = true                     # its failure is none of the workflow`;

export function defineRun(command: Command, context: CommandContext): void {
  command
    .argument('<file>', 'a TOML file with [[steps]]')
    .option('--background', 'queue it as a job, and return at once')
    .option('--dry-run', 'check it, print the plan, and run nothing')
    .action(context.action((file: string, flags: RunFlags) => run(context, file, flags)));
  addExamples(command, [
    ['rag run nightly.toml --dry-run', 'what it would do, in which order'],
    ['rag run nightly.toml', 'do it; killed, it goes on where it was when it is run again'],
  ]);
  command.addHelpText('after', HELP);
}

/** What is to be run, as a job that another process may do. Throws what is wrong with the file before anything runs. */
export async function workflowSpec(
  { workingFolder }: CommandContext,
  { config }: Session,
  { file, flags }: { readonly file: string; readonly flags: CommonFlags },
): Promise<WorkflowSpec> {
  const path = resolve(workingFolder, file);
  await readWorkflow(readWorkflowFile(path), { file: path, trustFile: config.folders.trustFile });
  return { kind: 'workflow', workingFolder, settings: jobSettings(flags), file: path };
}

async function run(context: CommandContext, file: string, flags: RunFlags): Promise<ExitCode> {
  if (flags.background && flags.dryRun) throw usageError('--background and --dry-run exclude each other.', 'Use one.');
  const session = await startSession(context, flags);
  const spec = await workflowSpec(context, session, { file, flags });
  if (flags.dryRun) {
    const { trustFile } = session.config.folders;
    return showPlan(context, session, {
      flags,
      workflow: await readWorkflow(readWorkflowFile(spec.file), { file: spec.file, trustFile }),
    });
  }
  const open = { create: true, verbose: flags.verbose };
  return withKnowledgeBase(context, session, open, async (knowledgeBase) =>
    flags.background
      ? queueJob(context, session, { knowledgeBase, spec, flags })
      : runHere(context, session, { knowledgeBase, spec, flags }),
  );
}

type Plan = { readonly workflow: Workflow; readonly flags: RunFlags };

function showPlan({ stdout }: CommandContext, { page }: Session, { workflow, flags }: Plan): ExitCode {
  stdout.write(flags.json ? renderEnvelope('rag.plan/1', planToJson(workflow)) : renderPlan(workflow, page));
  return EXIT.done;
}

type Here = { readonly knowledgeBase: KnowledgeBase; readonly spec: JobSpec; readonly flags: RunFlags };

/** Runs the workflow in this process, as a job that is seen by others. */
async function runHere(
  context: CommandContext,
  session: Session,
  { knowledgeBase, spec, flags }: Here,
): Promise<ExitCode> {
  const { signal, stdout, stderr } = context;
  const jobs = await knowledgeBase.jobs();
  const running = jobs.begin(spec);
  if (!running) {
    throw new RagError('DB_BUSY', {
      message: 'The workflow runs already, or the database is locked, so that its steps cannot be noted.',
      hint: '`rag jobs list` shows what runs.',
    });
  }
  const stop = (): void => running.stop('cancel');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const showing = flags.quiet ? undefined : showSteps(context, running);
  try {
    const end = await runJob({
      running,
      // Whoever waits for it decides whether it is worth another attempt.
      maxAttempts: 1,
      clock: systemClock,
      random: Math.random,
      program: ownProgram(),
      trustFile: session.config.folders.trustFile,
      open: async () => ({ ...knowledgeBase, close: () => {} }),
    });
    running.end(end);
  } catch (error) {
    running.end({ state: 'failed', error: jobErrorOf(error) });
    throw error;
  } finally {
    showing?.();
    signal.removeEventListener('abort', stop);
  }
  const job = jobs.get(running.job.id);
  if (flags.json) stdout.write(renderEnvelope('rag.job/1', jobDetailsToJson(job)));
  else if (!flags.quiet) stdout.write(renderJob(job, session.page, { now: Date.now(), all: flags.verbose ?? false }));
  if (job.shown === 'done') return EXIT.done;
  if (flags.quiet && job.error) stderr.write(`${job.error.message}\n`);
  if (job.shown === 'cancelled') return EXIT.interrupted;
  return job.steps.some(({ state }) => state === 'done') ? EXIT.partlyFailed : EXIT.failed;
}

/** Shows the step that runs, where someone looks; what is returned ends that. */
function showSteps({ stderr }: CommandContext, running: RunningJob): () => void {
  const progress = createProgressLine(stderr);
  const isRunning = ({ state }: JobStep): boolean => state === 'running';
  const timer = setInterval(() => {
    const step = running.steps.find(isRunning);
    if (step) progress.update({ done: step.done, total: step.total, path: step.name });
  }, SHOW_EVERY_MS);
  return () => {
    clearInterval(timer);
    progress.clear();
  };
}
