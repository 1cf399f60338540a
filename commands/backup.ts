import type { Command } from 'commander';
import type { BackupReport } from '../src/app/maintain/types.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { backupToJson } from '../src/present/json/v1/maintenance.ts';
import { renderBackup } from '../src/present/text/render-maintenance.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, wholeNumber } from './shared/flags.ts';
import { createProgressLine } from './shared/progress.ts';
import { withMaintenance } from './shared/with-maintenance.ts';

type BackupFlags = CommonFlags & { readonly keep?: number; readonly overwrite?: boolean };

export function defineBackup(command: Command, context: CommandContext): void {
  command
    .argument('[place]', 'file, or folder for a file named after the time (backups/ beside the database)')
    .option('--keep <number>', 'in a folder: how many backups of this database stay there', wholeNumber)
    .option('--overwrite', 'replace a file that is there')
    .action(context.action((place: string | undefined, flags: BackupFlags) => backup(context, place, flags)));
  addExamples(command, [
    ['rag backup', 'a checked copy, while others go on working'],
    ['rag backup /media/disk/ --keep 7', 'into a folder, where the last seven stay'],
    ['rag restore-backup copy.db', 'the way back'],
  ]);
}

const backup = (context: CommandContext, to: string | undefined, flags: BackupFlags): Promise<ExitCode> =>
  withMaintenance(context, flags, async (maintenance, { page }) => {
    const progress = createProgressLine(context.stderr);
    let report: BackupReport | undefined;
    try {
      const { keep, overwrite } = flags;
      for await (const event of maintenance.backup({ to, keep, overwrite, signal: context.signal })) {
        if (event.type === 'backup-progress' && !flags.quiet)
          progress.update({ ...event, path: 'pages of the database' });
        if (event.type === 'backup-end') report = event.report;
      }
    } finally {
      progress.clear();
    }
    if (!report) return EXIT.interrupted;
    if (flags.json) context.stdout.write(renderEnvelope('rag.backup/1', backupToJson(report)));
    else if (!flags.quiet) context.stdout.write(renderBackup(report, page));
    return EXIT.done;
  });
