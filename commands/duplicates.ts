import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { duplicatesToJson } from '../src/present/json/v1/understanding.ts';
import { countOf } from '../src/present/text/quantities.ts';
import { renderDuplicates } from '../src/present/text/render-understanding.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import {
  addExamples,
  addFilterFlags,
  type CommonFlags,
  collect,
  type FilterFlags,
  filterOf,
  share,
  wholeNumber,
} from './shared/flags.ts';
import { withUnderstanding } from './shared/with-understanding.ts';

type DuplicatesFlags = CommonFlags & FilterFlags & { readonly threshold?: number; readonly limit?: number };

export function defineDuplicates(command: Command, context: CommandContext): void {
  command
    .argument('[glob]', 'only among documents with such a path or URL')
    .option('--threshold <share>', 'least share of common runs of words, from .3 to 1 (default .9)', share)
    .option('-n, --limit <number>', 'most groups', wholeNumber)
    .action(context.action((glob: string | undefined, flags: DuplicatesFlags) => duplicates(context, glob, flags)));
  addFilterFlags(command);
  addExamples(command, [
    ['rag duplicates', 'documents that say nearly the same; the newest of each group first'],
    ['rag duplicates --threshold 1', 'only those with the same words'],
    ['rag duplicates "reports/**" --threshold .7', 'drafts of one another'],
  ]);
}

const duplicates = (context: CommandContext, glob: string | undefined, flags: DuplicatesFlags): Promise<ExitCode> =>
  withUnderstanding(context, flags, async ({ understanding, session, onProgress }) => {
    const filter = filterOf(glob === undefined ? flags : { ...flags, path: collect(glob, flags.path) });
    const { threshold } = flags;
    const found = await understanding.duplicates({ filter, threshold, onProgress, signal: context.signal });
    const report = { ...found, groups: found.groups.slice(0, flags.limit) };
    context.stdout.write(
      flags.json
        ? renderEnvelope('rag.duplicates/1', duplicatesToJson(report))
        : renderDuplicates(report, session.page),
    );
    if (found.lacking > 0)
      session.note(`${countOf(found.lacking, 'document')} could not be compared: nothing can be written.`);
    if (found.interrupted) return EXIT.interrupted;
    if (found.groups.length === 0) {
      session.note(`No two of ${countOf(found.documents, 'document')} are as alike as ${found.threshold}.`);
      return EXIT.nothingFound;
    }
    const more = found.groups.length - report.groups.length;
    session.note(
      `${countOf(found.groups.length, 'group')} among ${countOf(found.documents, 'document')}${more > 0 ? `; ${more} not shown` : ''}. Nothing was removed.`,
    );
    return EXIT.done;
  });
