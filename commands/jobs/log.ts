import type { Command } from 'commander';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { logLineToJson } from '../../src/present/json/v1/jobs.ts';
import { renderLogLine } from '../../src/present/text/render-jobs.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, type CommonFlags, wholeNumber } from '../shared/flags.ts';
import { jobId, withJobs } from '../shared/with-jobs.ts';

type LogFlags = CommonFlags & { readonly limit?: number };

/** More than a job keeps. */
const ALL = 100_000;

export function defineLog(command: Command, context: CommandContext): void {
  const log = command
    .command('log')
    .description('Print what a job said: its sources, what could not be read, the output of its commands')
    .argument('<id>', 'its number')
    .option('-n, --limit <number>', 'only the last lines', wholeNumber)
    .action(context.action((id: string, flags: LogFlags) => print(context, id, flags)));
  addExamples(log, [['rag jobs log 3 -n 20', 'how it ended']]);
}

const print = (context: CommandContext, id: string, flags: LogFlags): Promise<ExitCode> =>
  withJobs(context, flags, async (jobs, { page, note }) => {
    const lines = jobs.log(jobId(id), 0, ALL).slice(flags.limit === undefined ? 0 : -flags.limit);
    if (flags.json) context.stdout.write(renderEnvelope('rag.job-log/1', { lines: lines.map(logLineToJson) }));
    else for (const line of lines) context.stdout.write(renderLogLine(line, page));
    if (lines.length === 0) note(`Job ${id} has said nothing yet.`);
    return EXIT.done;
  });
