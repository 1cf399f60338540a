import type { Command } from 'commander';
import type { JobReporter, JobSpec, WorkEvent, WorkOptions } from '../src/app/jobs/types.ts';
import { loadConfig } from '../src/config/load.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { workReportToJson } from '../src/present/json/v1/jobs.ts';
import { countOf } from '../src/present/text/quantities.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, commonSettings, usageError, wholeNumber } from './shared/flags.ts';
import { ownProgram } from './shared/own-program.ts';
import { type Session, startSession, withKnowledgeBase } from './shared/session.ts';

type WorkerFlags = CommonFlags & {
  readonly once?: boolean;
  readonly untilEmpty?: boolean;
  readonly concurrency?: number;
};

export function defineWorker(command: Command, context: CommandContext): void {
  command
    .option('--once', 'do one job, and end')
    .option('--until-empty', 'end when nothing waits')
    .option('--concurrency <number>', 'jobs at the same time (else the setting jobs.concurrency)', wholeNumber)
    .action(context.action((flags: WorkerFlags) => work(context, flags)));
  addExamples(command, [
    ['rag worker', 'do what is queued and what is scheduled, until Ctrl-C'],
    ['rag worker --until-empty', 'do what waits, and end'],
    ['rag worker --once --json', 'one job; exits with 1 when there is none'],
  ]);
}

async function work(context: CommandContext, flags: WorkerFlags): Promise<ExitCode> {
  if (flags.once && flags.untilEmpty) throw usageError('--once and --until-empty exclude each other.', 'Use one.');
  const session = await startSession(context, flags);
  const { settings, folders } = session.config;
  const until: WorkOptions['until'] = flags.once ? 'one' : flags.untilEmpty ? 'empty' : 'stopped';
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) => {
    const jobs = await knowledgeBase.jobs();
    if (until === 'stopped') session.note('Waiting for jobs; Ctrl-C ends it, and what runs goes back to the queue.');
    const report = await jobs.work({
      concurrency: flags.concurrency ?? settings.jobs.concurrency,
      maxAttempts: settings.jobs.maxAttempts,
      until,
      program: ownProgram(),
      trustFile: folders.trustFile,
      open: (spec, running) => openFor(context, session, { spec, running, flags }),
      onEvent: (event) => {
        if (!flags.quiet) session.note(sentenceOf(event));
      },
      signal: context.signal,
    });
    if (flags.json) context.stdout.write(renderEnvelope('rag.worker/1', workReportToJson(report)));
    const { done, failed, cancelled } = report;
    if (failed > 0) return done > 0 ? EXIT.partlyFailed : EXIT.failed;
    return flags.once && done + cancelled + report.requeued === 0 ? EXIT.nothingFound : EXIT.done;
  });
}

type JobSurroundings = { readonly spec: JobSpec; readonly running: JobReporter; readonly flags: CommonFlags };

/** The database under the settings that the command had which asked for the job, as they are now. */
async function openFor(context: CommandContext, session: Session, { spec, running, flags }: JobSurroundings) {
  const config = await loadConfig({
    workingFolder: spec.workingFolder,
    environment: context.environment,
    flags: { ...spec.settings, ...(flags.offline && commonSettings(flags)) },
  });
  for (const warning of config.warnings) running.log('warning', warning);
  return context.openKnowledgeBase({
    path: session.database.path,
    settings: config.settings,
    create: true,
    log: {
      debug: () => {},
      info: (message) => running.log('info', message),
      warn: (message) => running.log('warning', message),
    },
  });
}

function sentenceOf(event: WorkEvent): string {
  if (event.type === 'schedule-due')
    return `The schedule "${event.schedule.name}" is due: ${countOf(event.runs, 'run')}.`;
  const { job } = event;
  const what = `Job ${job.id} (${job.kind} ${job.title})`;
  switch (event.type) {
    case 'job-start':
      return `${what} begins.`;
    case 'job-lost':
      return event.end === 'queued'
        ? `${what} lost its process, and waits again.`
        : `${what} lost its process, and has failed.`;
    case 'job-end': {
      if (event.end === null) return `${what} is another process's now.`;
      const why = 'error' in event.end && event.end.error ? `: ${event.end.error.message}` : '.';
      return event.end.state === 'queued' ? `${what} waits again${why}` : `${what} is ${event.end.state}${why}`;
    }
  }
}
