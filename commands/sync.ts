import type { Command } from 'commander';
import type { SyncSpec } from '../src/app/jobs/types.ts';
import type { CommandContext } from './shared/context.ts';
import type { ExitCode } from './shared/exit-code.ts';
import { addExamples, addFormatFlag, usageError } from './shared/flags.ts';
import { jobSettings } from './shared/job-settings.ts';
import { notedIngest } from './shared/noted-ingest.ts';
import { queueJob } from './shared/queue-job.ts';
import { type IngestFlags, runIngest } from './shared/run-ingest.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

export type SyncFlags = IngestFlags & {
  readonly background?: boolean;
  readonly collection?: string;
  readonly pruneMissing?: boolean;
};

/** Which sources and how, which a schedule takes as well. */
export const declareSync = (command: Command): Command =>
  command
    .option('-c, --collection <name>', 'only the sources of this collection')
    .option('--prune-missing', 'remove the documents of a folder that is missing or suddenly empty');

export function defineSync(command: Command, context: CommandContext): void {
  declareSync(command)
    .option('--background', 'queue it as a job, and return at once')
    .option('--dry-run', 'say what would happen, and change nothing')
    .action(context.action((flags: SyncFlags) => sync(context, flags)));
  addFormatFlag(command, ['text', 'json', 'jsonl']);
  addExamples(command, [
    ['rag sync', 'take in what is new or changed, drop what is gone'],
    ['rag sync --dry-run', 'only say what that would be'],
    ['rag sync -c work', 'the sources of one collection'],
    ['rag sync --background', 'while you do something else; see `rag jobs`'],
  ]);
}

async function sync(context: CommandContext, flags: SyncFlags): Promise<ExitCode> {
  if (flags.background && flags.dryRun)
    throw usageError('A dry run cannot be left to the background.', 'Leave out --background.');
  const session = await startSession(context, flags);
  const spec = syncSpec(context, flags);
  const open = { create: false, verbose: flags.verbose };
  return withKnowledgeBase(context, session, open, async (knowledgeBase) => {
    if (flags.background) return queueJob(context, session, { knowledgeBase, spec, flags });
    return notedIngest(context, knowledgeBase, flags.dryRun ? null : spec, ({ context, hear }) => {
      const { collection, dryRun, pruneMissing } = flags;
      const start = () => hear(knowledgeBase.sync({ collection, dryRun, pruneMissing, signal: context.signal }));
      return runIngest(context, session, flags, [{ name: 'sync', start }]);
    });
  });
}

/** What is to be brought in step, as a job that another process may do. */
export const syncSpec = ({ workingFolder }: CommandContext, flags: SyncFlags): SyncSpec => ({
  kind: 'sync',
  workingFolder,
  settings: jobSettings(flags),
  options: { collection: flags.collection, pruneMissing: flags.pruneMissing },
});
