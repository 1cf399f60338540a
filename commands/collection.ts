import type { Command } from 'commander';
import type { KnowledgeBase } from '../src/app/types.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { collectionToJson } from '../src/present/json/v1/status.ts';
import { countOf } from '../src/present/text/quantities.ts';
import { renderCollections } from '../src/present/text/render-status.ts';
import { confirm } from './shared/confirm.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

type CreateFlags = CommonFlags & { readonly description?: string };
type RemoveFlags = CommonFlags & { readonly yes?: boolean };

export function defineCollection(command: Command, context: CommandContext): void {
  const list = command
    .command('list')
    .description('List the collections')
    .action(context.action((flags: CommonFlags) => change(context, flags, false, async () => true)));
  addExamples(list, [['rag collection list', 'every collection with its number of documents']]);

  const create = command
    .command('create')
    .description('Make an empty collection')
    .argument('<name>', 'its name')
    .option('--description <text>', 'what it is for')
    .action(
      context.action((name: string, flags: CreateFlags) =>
        change(context, flags, true, async (knowledgeBase) => {
          await knowledgeBase.whenWritable(context.signal);
          knowledgeBase.createCollection(name, flags.description);
          return true;
        }),
      ),
    );
  addExamples(create, [
    ['rag collection create work --description "Company papers"', 'a place for some of the documents'],
  ]);

  const rename = command
    .command('rename')
    .description('Give a collection another name')
    .argument('<from>', 'its name')
    .argument('<to>', 'its new name')
    .action(
      context.action((from: string, to: string, flags: CommonFlags) =>
        change(context, flags, false, async (knowledgeBase) => {
          await knowledgeBase.whenWritable(context.signal);
          knowledgeBase.renameCollection(from, to);
          return true;
        }),
      ),
    );
  addExamples(rename, [['rag collection rename work office', 'its documents stay as they are']]);

  const remove = command
    .command('rm')
    .description('Remove a collection with its documents')
    .argument('<name>', 'its name')
    .option('-y, --yes', 'do not ask before removing documents')
    .action(context.action((name: string, flags: RemoveFlags) => removeCollection(context, name, flags)));
  addExamples(remove, [['rag collection rm work -y', 'its documents and sources go with it']]);

  addExamples(command, [
    ['rag collection list', 'every collection'],
    ['rag collection create work', 'make one'],
    ['rag add docs -c work', 'put documents into it'],
  ]);
}

const removeCollection = (context: CommandContext, name: string, flags: RemoveFlags): Promise<ExitCode> =>
  change(context, flags, false, async (knowledgeBase) => {
    const documents = knowledgeBase.collections().find((collection) => collection.name === name)?.documents ?? 0;
    const question = `Remove the collection "${name}" with ${countOf(documents, 'document')}?`;
    if (documents > 0 && !flags.yes && !(await confirm(context, question))) {
      context.stderr.write('Nothing was removed.\n');
      return false;
    }
    await knowledgeBase.whenWritable(context.signal);
    knowledgeBase.removeCollection(name);
    return true;
  });

/** Does something to the collections and shows how they stand then; `work` says whether it was done. */
async function change(
  context: CommandContext,
  flags: CommonFlags,
  create: boolean,
  work: (knowledgeBase: KnowledgeBase) => Promise<boolean>,
): Promise<ExitCode> {
  const session = await startSession(context, flags);
  let done = true;
  const collections = await withKnowledgeBase(
    context,
    session,
    { create, verbose: flags.verbose },
    async (knowledgeBase) => {
      done = await work(knowledgeBase);
      return knowledgeBase.collections();
    },
  );
  const page = context.stdout.isTerminal ? session.page : { ...session.page, width: 0 };
  if (flags.json) {
    context.stdout.write(renderEnvelope('rag.collections/1', { collections: collections.map(collectionToJson) }));
  } else if (!flags.quiet) {
    context.stdout.write(renderCollections(collections, page));
  }
  return done ? EXIT.done : EXIT.nothingFound;
}
