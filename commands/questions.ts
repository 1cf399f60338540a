import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { questionToJson } from '../src/present/json/v1/usage.ts';
import { countOf } from '../src/present/text/quantities.ts';
import { renderQuestions } from '../src/present/text/render-usage.ts';
import { confirm } from './shared/confirm.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, date, wholeNumber } from './shared/flags.ts';
import { withUsage } from './shared/with-usage.ts';

type ListFlags = CommonFlags & { readonly limit: number; readonly since?: string };
type ClearFlags = CommonFlags & { readonly yes?: boolean };

export function defineQuestions(command: Command, context: CommandContext): void {
  command
    .command('list', { isDefault: true })
    .description('List the questions that were asked, newest first')
    .option('-n, --limit <number>', 'most questions', wholeNumber, 20)
    .option('--since <date>', 'only what was asked on or after this day or time (ISO 8601)', date)
    .action(context.action((flags: ListFlags) => show(context, flags)));
  command
    .command('clear')
    .description('Forget all questions')
    .option('-y, --yes', 'do not ask before')
    .action(context.action((flags: ClearFlags) => clear(context, flags)));
  addExamples(command, [
    ['rag questions', 'what was asked last'],
    ['rag questions --since 2026-03-01 --json', 'for a program'],
    ['rag questions clear -y', 'forget all of it'],
    ['rag config set log.questions false', 'and keep nothing from now on'],
  ]);
}

const show = (context: CommandContext, flags: ListFlags): Promise<ExitCode> =>
  withUsage(context, flags, async (usage, { page, note, config }) => {
    const questions = usage.questions({ since: flags.since, limit: flags.limit });
    if (flags.json) {
      context.stdout.write(renderEnvelope('rag.questions/1', { questions: questions.map(questionToJson) }));
    } else context.stdout.write(renderQuestions(questions, page));
    if (questions.length > 0) return EXIT.done;
    note(
      flags.since && usage.questions({ limit: 1 }).length > 0
        ? `Nothing was asked since ${flags.since}.`
        : config.settings.log.questions
          ? 'Nothing was asked yet.'
          : 'Questions are not logged: the setting log.questions is off.',
    );
    return EXIT.nothingFound;
  });

const clear = (context: CommandContext, flags: ClearFlags): Promise<ExitCode> =>
  withUsage(context, flags, async (usage, { note }) => {
    const { count } = usage.figures().questions;
    const sure = count === 0 || flags.yes || (await confirm(context, `Forget ${countOf(count, 'question')}?`));
    const cleared = sure ? usage.clearQuestions() : 0;
    if (flags.json) context.stdout.write(renderEnvelope('rag.questions/1', { cleared }));
    else note(cleared > 0 ? `Forgot ${countOf(cleared, 'question')}.` : 'Nothing was forgotten.');
    return EXIT.done;
  });
