import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { gapsToJson } from '../src/present/json/v1/usage.ts';
import { renderGaps } from '../src/present/text/render-gaps.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, date, wholeNumber } from './shared/flags.ts';
import { createProgressLine } from './shared/progress.ts';
import { withUsage } from './shared/with-usage.ts';

type GapsFlags = CommonFlags & { readonly limit: number; readonly since?: string };

export function defineGaps(command: Command, context: CommandContext): void {
  command
    .option('-n, --limit <number>', 'most gaps', wholeNumber, 20)
    .option('--since <date>', 'only what was asked on or after this day or time (ISO 8601)', date)
    .action(context.action((flags: GapsFlags) => findGaps(context, flags)));
  addExamples(command, [
    ['rag gaps', 'what people asked and the documents do not say, and what to add'],
    ['rag gaps --since 2026-03-01 -n 5', 'the five that were asked most since then'],
    ['rag gaps --json', 'for a program'],
  ]);
}

const findGaps = (context: CommandContext, flags: GapsFlags): Promise<ExitCode> =>
  withUsage(context, flags, async (usage, { page, note }) => {
    const progress = createProgressLine(context.stderr);
    const report = await usage
      .gaps({
        since: flags.since,
        limit: flags.limit,
        signal: context.signal,
        onQuestion: (done, total) => {
          if (!flags.quiet) progress.update({ done, total, path: 'questions' });
        },
      })
      .finally(() => progress.clear());
    context.stdout.write(flags.json ? renderEnvelope('rag.gaps/1', gapsToJson(report)) : renderGaps(report, page));
    if (report.reason !== null) note(report.reason);
    return report.gaps.length > 0 ? EXIT.done : EXIT.nothingFound;
  });
