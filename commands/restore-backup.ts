import { resolve } from 'node:path';
import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { restoreToJson } from '../src/present/json/v1/maintenance.ts';
import { renderRestore } from '../src/present/text/render-maintenance.ts';
import { confirm } from './shared/confirm.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import { startSession } from './shared/session.ts';
import { pastFolder } from './shared/with-history.ts';

/** `former` is false with --no-former. */
type RestoreFlags = CommonFlags & { readonly yes?: boolean; readonly former?: boolean };

export function defineRestoreBackup(command: Command, context: CommandContext): void {
  command
    .argument('<file>', 'a backup, or any other ragstone database')
    .option('--no-former', 'do not keep what the database holds now')
    .option('-y, --yes', 'do not ask')
    .action(context.action((file: string, flags: RestoreFlags) => restore(context, file, flags)));
  addExamples(command, [
    ['rag restore-backup .rag/backups/rag-2026-03-01T101500Z.db', 'the backup stays'],
    ['rag restore-backup copy.db --db notes.db --yes', 'without a question'],
  ]);
}

async function restore(context: CommandContext, file: string, flags: RestoreFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const { path } = session.database;
  const question = `Replace what ${path} holds with ${file}?`;
  if (!flags.yes && !(await confirm(context, question))) return EXIT.done;
  const { restoreBackup } = await import('../src/app/maintain/restore-backup.ts');
  const { systemRuntime } = await import('../src/platform/runtime.ts');
  const report = await restoreBackup(resolve(context.workingFolder, file), path, {
    settings: session.config.settings,
    runtime: systemRuntime,
    keepFormer: flags.former !== false,
    pastFolder: pastFolder(context),
    signal: context.signal,
  });
  if (flags.json) context.stdout.write(renderEnvelope('rag.restore-backup/1', restoreToJson(report)));
  else if (!flags.quiet) context.stdout.write(renderRestore(report));
  return EXIT.done;
}
