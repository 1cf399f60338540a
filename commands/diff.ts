import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { diffToJson } from '../src/present/json/v1/history.ts';
import { renderDiff } from '../src/present/text/render-history.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, wholeNumber } from './shared/flags.ts';
import { withHistory } from './shared/with-history.ts';

type DiffFlags = CommonFlags & { readonly words?: boolean; readonly context: number };

export function defineDiff(command: Command, context: CommandContext): void {
  command
    .argument('<reference>', 'a document: path, URL or id; one that was removed as well')
    .argument('[from]', 'number of a version; else the one before', wholeNumber)
    .argument('[to]', 'number of a version; else the newest', wholeNumber)
    .option('--words', 'mark words that came and went, not whole lines')
    .option('--context <lines>', 'equal lines around what differs', wholeNumber, 3)
    .action(
      context.action((reference: string, from: number | undefined, to: number | undefined, flags: DiffFlags) =>
        diff(context, { reference, from, to }, flags),
      ),
    );
  addExamples(command, [
    ['rag diff handbook/leave.md', 'what the last edit changed'],
    ['rag diff handbook/leave.md 2', 'what changed since version 2'],
    ['rag diff handbook/leave.md 2 4 --words', 'from version 2 to 4, word by word'],
  ]);
}

type Asked = { readonly reference: string; readonly from?: number; readonly to?: number };

const diff = (context: CommandContext, { reference, from, to }: Asked, flags: DiffFlags): Promise<ExitCode> =>
  withHistory(context, flags, async (history, { page, note }) => {
    const by = flags.words ? 'words' : 'lines';
    const result = await history.diff(reference, { from, to, by, context: flags.context });
    if (flags.json) context.stdout.write(renderEnvelope('rag.diff/1', diffToJson(result)));
    else if (result.diff.hunks.length > 0) context.stdout.write(renderDiff(result, page));
    if (result.diff.isCoarse) note('So much differs that it is shown as replaced, not compared line by line.');
    if (result.diff.hunks.length > 0) return EXIT.done;
    note(`The text is the same in versions ${result.from.number} and ${result.to.number}.`);
    return EXIT.nothingFound;
  });
