import type { Command } from 'commander';
import type { VerifyReport } from '../src/app/maintain/types.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { verifyToJson } from '../src/present/json/v1/maintenance.ts';
import { renderVerify } from '../src/present/text/render-maintenance.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import { createProgressLine } from './shared/progress.ts';
import { withMaintenance } from './shared/with-maintenance.ts';

type VerifyFlags = CommonFlags & { readonly embed?: boolean; readonly mend?: boolean };

export function defineVerify(command: Command, context: CommandContext): void {
  command
    .option('--embed', 'embed every passage again and compare the vectors (takes as long as the ingest did)')
    .option('--mend', 'write wrong indexes anew, and take out what has to be read again')
    .action(context.action((flags: VerifyFlags) => verify(context, flags)));
  addExamples(command, [
    ['rag verify', 'every passage, word, vector and place against its document'],
    ['rag verify --embed', 'and every vector against what the model gives'],
    ['rag verify --mend && rag sync', 'put right what can be put right'],
  ]);
}

const verify = (context: CommandContext, flags: VerifyFlags): Promise<ExitCode> =>
  withMaintenance(context, flags, async (maintenance, { page }) => {
    const progress = createProgressLine(context.stderr);
    let report: VerifyReport | undefined;
    try {
      const { embed: embedAgain, mend } = flags;
      for await (const event of maintenance.verify({ embedAgain, mend, signal: context.signal })) {
        if (event.type === 'verify-progress' && !flags.quiet) progress.update(event);
        if (event.type === 'verify-end') report = event.report;
      }
    } finally {
      progress.clear();
    }
    if (!report) return EXIT.interrupted;
    context.stdout.write(
      flags.json ? renderEnvelope('rag.verify/1', verifyToJson(report)) : renderVerify(report, page),
    );
    if (report.interrupted) return EXIT.interrupted;
    return report.problemCount > 0 ? EXIT.failed : EXIT.done;
  });
