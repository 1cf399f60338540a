import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { FeedbackEntry } from '../src/app/usage/types.ts';
import { messageOf, RagError } from '../src/platform/errors.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { feedbackToJson } from '../src/present/json/v1/usage.ts';
import { countOf } from '../src/present/text/quantities.ts';
import { renderFeedback } from '../src/present/text/render-usage.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, wholeNumber } from './shared/flags.ts';
import { writeData } from './shared/output.ts';
import { withUsage } from './shared/with-usage.ts';

type ExportFlags = CommonFlags & { readonly to?: string };

export function defineFeedback(command: Command, context: CommandContext): void {
  command
    .command('list', { isDefault: true })
    .description('List what was said to be right, and where it stands now')
    .action(context.action((flags: CommonFlags) => list(context, flags)));
  command
    .command('add')
    .description('Say that a document or passage is right for a question')
    .argument('<question>', 'the question')
    .argument('<reference>', 'path, URL, document id or passage id')
    .action(
      context.action((question: string, reference: string, flags: CommonFlags) =>
        add(context, question, reference, flags),
      ),
    );
  command
    .command('rm')
    .description('Take feedback back')
    .argument('<number>', 'as `rag feedback list` shows it', wholeNumber)
    .action(context.action((id: number, flags: CommonFlags) => remove(context, id, flags)));
  command
    .command('export')
    .description('Write the questions with what was right, for `rag eval` and `rag tune`')
    .option('--to <file>', 'write to this file')
    .action(context.action((flags: ExportFlags) => exportLines(context, flags)));
  addExamples(command, [
    ['rag search parental leave --pick 2', 'the second hit was right'],
    ['rag feedback', 'everything that was said so far'],
    ['rag feedback add "Who approves travel?" finance/travel.md', 'a whole document'],
    ['rag feedback rm 3', 'take the third back'],
    ['rag feedback export --to q.jsonl && rag eval q.jsonl', 'measure with it'],
    ['rag tune --feedback', 'fit the weights of searches to it'],
  ]);
}

const list = (context: CommandContext, flags: CommonFlags): Promise<ExitCode> =>
  withUsage(context, flags, async (usage, { page, note }) => {
    const entries = usage.feedback();
    if (flags.json) writeEntries(context, entries);
    else context.stdout.write(renderFeedback(entries, page));
    if (entries.length > 0) return EXIT.done;
    note('No feedback yet: `rag search <query> --pick <number>` says which hit was right.');
    return EXIT.nothingFound;
  });

const writeEntries = ({ stdout }: CommandContext, entries: readonly FeedbackEntry[]): void =>
  stdout.write(renderEnvelope('rag.feedback/1', { feedback: entries.map(feedbackToJson) }));

const add = (context: CommandContext, question: string, reference: string, flags: CommonFlags): Promise<ExitCode> =>
  withUsage(context, flags, async (usage, session) => {
    const entry = usage.addFeedback(question, reference);
    if (flags.json) writeEntries(context, [entry]);
    else context.stdout.write(renderFeedback([entry], session.page));
    session.note(`Recorded; \`rag feedback rm ${entry.id}\` takes it back.`);
    return EXIT.done;
  });

const remove = (context: CommandContext, id: number, flags: CommonFlags): Promise<ExitCode> =>
  withUsage(context, flags, async (usage, session) => {
    const entry = usage.removeFeedback(id);
    if (flags.json) writeEntries(context, [entry]);
    else context.stdout.write(renderFeedback([entry], session.page));
    session.note('Removed.');
    return EXIT.done;
  });

const exportLines = (context: CommandContext, flags: ExportFlags): Promise<ExitCode> =>
  withUsage(context, flags, async (usage, { note }) => {
    const entries = usage.feedback();
    const lines = usage.feedbackLines();
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const gone = entries.filter(({ state }) => state === 'document gone').length;
    if (flags.to !== undefined) writeTo(resolve(context.workingFolder, flags.to), text);
    if (flags.json) context.stdout.write(renderEnvelope('rag.feedback-export/1', { questions: lines, gone }));
    else if (flags.to === undefined) writeData(context.stdout, text);
    if (flags.to !== undefined) note(`Wrote ${countOf(lines.length, 'question')} to ${flags.to}.`);
    if (gone > 0) note(`Left out ${countOf(gone, 'entry', 'entries')} whose document is gone.`);
    if (lines.length === 0) note('There is no feedback to export.');
    return lines.length > 0 ? EXIT.done : EXIT.nothingFound;
  });

function writeTo(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new RagError('USAGE', { message: `${path} cannot be written: ${messageOf(error)}.`, cause: error });
  }
}
