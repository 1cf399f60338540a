import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { relatedToJson } from '../src/present/json/v1/graph.ts';
import { renderRelated } from '../src/present/text/render-graph.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, wholeNumber } from './shared/flags.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

type RelatedFlags = CommonFlags & { readonly limit?: number };

export function defineRelated(command: Command, context: CommandContext): void {
  command
    .argument('<reference...>', 'path of a document, name of an entity, or a text')
    .option('-n, --limit <number>', 'most documents', wholeNumber, 10)
    .action(context.action((words: string[], flags: RelatedFlags) => findRelated(context, words.join(' '), flags)));
  addExamples(command, [
    ['rag related handbook/leave.md', 'documents that share names with it or are like it'],
    ['rag related "Data Protection Officer"', 'what has to do with an entity'],
  ]);
}

async function findRelated(context: CommandContext, reference: string, flags: RelatedFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  const result = await withKnowledgeBase(context, session, { create: false }, async (knowledgeBase) =>
    (await knowledgeBase.graph()).related(reference, flags.limit),
  );
  const { stdout } = context;
  stdout.write(
    flags.json ? renderEnvelope('rag.related/1', relatedToJson(result)) : renderRelated(result, session.page),
  );
  if (result.as === 'text' && !/\s/.test(reference))
    session.note(`No document and no entity is called "${reference}", so it was taken as a text.`);
  if (result.related.length > 0) return EXIT.done;
  session.note('Nothing is related to it.');
  return EXIT.nothingFound;
}
