import type { Command } from 'commander';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { tagSuggestionsToJson } from '../../src/present/json/v1/tags.ts';
import { escapeLine } from '../../src/present/text/escape-terminal.ts';
import { countOf } from '../../src/present/text/quantities.ts';
import { renderTagCounts, renderTagSuggestions } from '../../src/present/text/render-tags.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, addFilterFlags, type CommonFlags, type FilterFlags, filterOf, share } from '../shared/flags.ts';
import { withUnderstanding } from '../shared/with-understanding.ts';
import type { DefineCommand } from '../table.ts';

type SuggestFlags = CommonFlags & FilterFlags & { readonly apply?: boolean; readonly minConfidence?: number };

export const defineTag: DefineCommand = (command: Command, context) => {
  command
    .command('ls')
    .description('Count the documents of each tag')
    .action(context.action((flags: CommonFlags) => list(context, flags)));
  command
    .command('add')
    .description('Give a document tags; they stay when its file is read again')
    .argument('<reference>', 'a document: path, URL or id')
    .argument('<tag...>', 'tags')
    .action(
      context.action((reference: string, tags: string[], flags: CommonFlags) =>
        change(context, { reference, tags, is: 'added' }, flags),
      ),
    );
  command
    .command('rm')
    .description('Take tags from a document; those that its file says come back when it is edited')
    .argument('<reference>', 'a document: path, URL or id')
    .argument('<tag...>', 'tags')
    .action(
      context.action((reference: string, tags: string[], flags: CommonFlags) =>
        change(context, { reference, tags, is: 'removed' }, flags),
      ),
    );
  const suggested = command
    .command('suggest')
    .description('Suggest tags for documents without any, learned from those that have some')
    .option('--min-confidence <share>', 'least confidence, from 0 to 1 (default .5)', share)
    .option('--apply', 'give the documents these tags')
    .action(context.action((flags: SuggestFlags) => suggest(context, flags)));
  addFilterFlags(suggested);
  addExamples(suggested, [
    ['rag tag suggest', 'and how right such suggestions were of documents that were held out'],
    ['rag tag suggest --min-confidence .8 --apply', 'take over those that are sure'],
  ]);
  addExamples(command, [
    ['rag tag add handbook/leave.md hr policy', 'two tags'],
    ['rag tag suggest', 'tags for documents that have none'],
    ['rag search notice --tag hr', 'search in one tag'],
  ]);
};

const list = (context: CommandContext, flags: CommonFlags): Promise<ExitCode> =>
  withUnderstanding(context, flags, async ({ understanding, session }) => {
    const tags = understanding.tags();
    if (flags.json) context.stdout.write(renderEnvelope('rag.tags/1', { tags }));
    else if (tags.length > 0) context.stdout.write(renderTagCounts(tags, session.page));
    if (tags.length > 0) return EXIT.done;
    session.note('No document has a tag. Give one with `rag tag add <path> <tag>`, or in the front matter of a file.');
    return EXIT.nothingFound;
  });

type Change = { readonly reference: string; readonly tags: readonly string[]; readonly is: 'added' | 'removed' };

const change = (context: CommandContext, { reference, tags, is }: Change, flags: CommonFlags): Promise<ExitCode> =>
  withUnderstanding(context, flags, async ({ understanding, session }) => {
    const { path, tags: now } =
      is === 'added' ? understanding.tag(reference, tags) : understanding.untag(reference, tags);
    if (flags.json) context.stdout.write(renderEnvelope('rag.tags/1', { path, tags: now }));
    else session.note(`${escapeLine(path)}: ${now.length > 0 ? now.map(escapeLine).join(', ') : 'no tags'}`);
    return EXIT.done;
  });

const suggest = (context: CommandContext, flags: SuggestFlags): Promise<ExitCode> =>
  withUnderstanding(context, flags, async ({ understanding, session, onProgress }) => {
    const { apply, minConfidence } = flags;
    const found = await understanding.suggestTags({
      filter: filterOf(flags),
      apply,
      minConfidence,
      onProgress,
      signal: context.signal,
    });
    if (flags.json) context.stdout.write(renderEnvelope('rag.tag-suggestions/1', tagSuggestionsToJson(found)));
    else if (found.figures.length > 0) context.stdout.write(renderTagSuggestions(found, session.page));
    if (context.signal.aborted) return EXIT.interrupted;
    if (found.figures.length === 0) {
      session.note(
        `Nothing to learn from: no tag is on at least 4 documents and not on all. ${countOf(found.tagged, 'document')} ${found.tagged === 1 ? 'has' : 'have'} tags.`,
      );
      return EXIT.nothingFound;
    }
    if (found.tooFew.length > 0)
      session.note(`On too few documents to learn: ${found.tooFew.slice(0, 12).map(escapeLine).join(', ')}.`);
    if (found.suggestions.length === 0) {
      session.note(`None of ${countOf(found.untagged, 'document')} without tags is as sure as ${found.minConfidence}.`);
      return EXIT.nothingFound;
    }
    session.note(
      found.applied
        ? `Tagged ${countOf(found.suggestions.length, 'document')}.`
        : 'Nothing was changed; --apply gives the documents these tags.',
    );
    return EXIT.done;
  });
