import type { Command } from 'commander';
import type { CommandContext } from './shared/context.ts';
import type { ExitCode } from './shared/exit-code.ts';
import { addExamples, addFormatFlag } from './shared/flags.ts';
import { type IngestFlags, runIngest } from './shared/run-ingest.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

type SyncFlags = IngestFlags & { readonly collection?: string; readonly pruneMissing?: boolean };

export function defineSync(command: Command, context: CommandContext): void {
  command
    .option('-c, --collection <name>', 'only the sources of this collection')
    .option('--dry-run', 'say what would happen, and change nothing')
    .option('--prune-missing', 'remove the documents of a folder that is missing or suddenly empty')
    .action(context.action((flags: SyncFlags) => sync(context, flags)));
  addFormatFlag(command, ['text', 'json', 'jsonl']);
  addExamples(command, [
    ['rag sync', 'take in what is new or changed, drop what is gone'],
    ['rag sync --dry-run', 'only say what that would be'],
    ['rag sync -c work', 'the sources of one collection'],
  ]);
}

async function sync(context: CommandContext, flags: SyncFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const { collection, dryRun, pruneMissing } = flags;
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, (knowledgeBase) => {
    const start = () => knowledgeBase.sync({ collection, dryRun, pruneMissing, signal: context.signal });
    return runIngest(context, session, flags, [{ name: 'sync', start }]);
  });
}
