import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { figuresToJson, historyToJson } from '../src/present/json/v1/history.ts';
import { escapeLine } from '../src/present/text/escape-terminal.ts';
import { countOf, formatBytes } from '../src/present/text/quantities.ts';
import { renderHistory } from '../src/present/text/render-history.ts';
import { confirm } from './shared/confirm.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, usageError, wholeNumber } from './shared/flags.ts';
import { pastFolder, withHistory } from './shared/with-history.ts';

type HistoryFlags = CommonFlags & {
  readonly limit: number;
  /** False with --no-words. */
  readonly words?: boolean;
  readonly prune?: boolean;
  readonly forget?: boolean;
  readonly yes?: boolean;
};

export function defineHistory(command: Command, context: CommandContext): void {
  command
    .argument('[reference]', 'a document: path, URL or id; one that was removed as well')
    .option('-n, --limit <number>', 'most versions', wholeNumber, 20)
    .option('--no-words', 'count no words that came and went')
    .option('--prune', 'drop former versions beyond the bounds of the settings history.*')
    .option('--forget', 'drop all former versions of the document, those that a snapshot needs as well')
    .option('-y, --yes', 'do not ask before forgetting')
    .action(context.action((reference: string | undefined, flags: HistoryFlags) => history(context, reference, flags)));
  addExamples(command, [
    ['rag history handbook/leave.md', 'its versions, newest first'],
    ['rag history', 'how many versions are kept, and what they take'],
    ['rag history --prune', 'drop what is beyond history.maxVersions and the like'],
    ['rag history secret.md --forget -y', 'forget what it was'],
    ['rag config set history.enabled false', 'and keep no versions from now on'],
  ]);
}

async function history(context: CommandContext, reference: string | undefined, flags: HistoryFlags): Promise<ExitCode> {
  if (flags.forget && reference === undefined)
    throw usageError('--forget needs a document.', 'Name it: rag history <path> --forget.');
  return withHistory(context, flags, async (all, { page, note, config }) => {
    const { stdout } = context;
    if (flags.forget && reference !== undefined) {
      const { path, entries, more } = all.of(reference, { countsWords: false });
      const count = entries.filter(({ number, isPresent }) => number !== null && !isPresent).length + more;
      if (
        count > 0 &&
        !flags.yes &&
        !(await confirm(context, `Forget ${countOf(count, 'former version')} of ${path}?`))
      )
        return EXIT.nothingFound;
      const forgotten = await all.forget(reference, { pastFolder: pastFolder(context) });
      if (flags.json) stdout.write(renderEnvelope('rag.history/1', { path, forgotten: forgotten.dropped }));
      else note(`Forgot ${countOf(forgotten.dropped, 'former version')} of ${path}.`);
      return EXIT.done;
    }
    if (flags.prune) {
      const { dropped, figures } = await all.prune();
      if (flags.json) stdout.write(renderEnvelope('rag.history/1', { dropped, ...figuresToJson(figures) }));
      else note(`Dropped ${countOf(dropped, 'former version')}; ${countOf(figures.versions, 'stays', 'stay')}.`);
      return EXIT.done;
    }
    if (reference === undefined) {
      const figures = all.figures();
      if (flags.json) stdout.write(renderEnvelope('rag.history/1', figuresToJson(figures)));
      else {
        const size = `${formatBytes(figures.bytes)}, and ${formatBytes(figures.vectorBytes)} of vectors`;
        const of = `${countOf(figures.versions, 'former version')} of ${countOf(figures.documents, 'document')}`;
        stdout.write(`${of}: ${size}\n`);
      }
      if (figures.versions > 0) return EXIT.done;
      note(
        config.settings.history.enabled
          ? 'Nothing was edited, moved or removed yet.'
          : 'Former versions are not kept: the setting history.enabled is off.',
      );
      return EXIT.nothingFound;
    }
    const found = all.of(reference, { limit: flags.limit, countsWords: flags.words });
    if (flags.json) stdout.write(renderEnvelope('rag.history/1', historyToJson(found)));
    else stdout.write(renderHistory(found, page));
    if (found.entries.length === 1 && !found.isGone)
      note(
        config.settings.history.enabled
          ? `${escapeLine(found.path)} has not changed since it was added.`
          : 'Former versions are not kept: the setting history.enabled is off.',
      );
    return EXIT.done;
  });
}
