import { type Command, Option } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { modelUsageToJson } from '../src/present/json/v1/model-usage.ts';
import { countOf } from '../src/present/text/quantities.ts';
import { renderModelUsage } from '../src/present/text/render-model-usage.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, date } from './shared/flags.ts';
import { withUsage } from './shared/with-usage.ts';

type UsageFlags = CommonFlags & { readonly since?: string; readonly by: 'model' | 'day' | 'purpose' };

export function defineUsage(command: Command, context: CommandContext): void {
  command
    .option('--since <date>', 'only calls on or after this day or time (ISO 8601)', date)
    .addOption(new Option('--by <what>', 'a row for each').choices(['model', 'day', 'purpose']).default('model'))
    .action(context.action((flags: UsageFlags) => show(context, flags)));
  addExamples(command, [
    ['rag usage', 'calls, tokens and cost of each model'],
    ['rag usage --by day --since 2026-03-01', 'what each day cost'],
    ['rag usage --by purpose --json', 'for a program'],
    ['rag config set models.budgetDay 1', 'refuse what would cost more in a day'],
  ]);
}

const show = (context: CommandContext, flags: UsageFlags): Promise<ExitCode> =>
  withUsage(context, flags, async (usage, { page, note }) => {
    const used = usage.models({ by: flags.by, since: flags.since });
    context.stdout.write(
      flags.json ? renderEnvelope('rag.usage/1', modelUsageToJson(used)) : renderModelUsage(used, page),
    );
    const { total } = used;
    if (!total) {
      note(flags.since ? `No model was asked since ${flags.since}.` : 'No model was asked yet.');
      return EXIT.nothingFound;
    }
    if (flags.json) return EXIT.done;
    if (total.estimated > 0)
      note(`${countOf(total.estimated, 'call')} had no count of tokens from the server; "~" stands before estimates.`);
    if (total.unpriced > 0)
      note(
        `${countOf(total.unpriced, 'call')} of models without a price ${total.unpriced === 1 ? 'is' : 'are'} not in the cost; set one: \`rag config set models.prices.<provider/model>.input 1\`.`,
      );
    return EXIT.done;
  });
