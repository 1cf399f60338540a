import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { expiredToJson, factsToJson } from '../src/present/json/v1/understanding.ts';
import { countOf } from '../src/present/text/quantities.ts';
import { renderExpired, renderFacts } from '../src/present/text/render-understanding.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, usageError } from './shared/flags.ts';
import { type Looking, withUnderstanding } from './shared/with-understanding.ts';

type FactsFlags = CommonFlags & { readonly expired?: boolean; readonly all?: boolean };

const MAX_EXPIRED = 10_000;

export function defineFacts(command: Command, context: CommandContext): void {
  command
    .argument('[reference]', 'a document: path, URL or id')
    .option('--expired', 'list documents whose last day, as they say it, is over')
    .option('--all', 'look at documents that were stored before this was looked at, or imported or restored')
    .action(context.action((reference: string | undefined, flags: FactsFlags) => facts(context, reference, flags)));
  addExamples(command, [
    ['rag facts handbook/leave.md', 'language, kind, time in which it applies, keywords, warnings'],
    ['rag facts --expired', 'what no longer applies'],
    ['rag ls --kind invoice --lang de', 'and the documents of a kind'],
  ]);
}

const facts = (context: CommandContext, reference: string | undefined, flags: FactsFlags): Promise<ExitCode> => {
  if (reference === undefined && !flags.expired && !flags.all)
    throw usageError(
      'No document was named.',
      'Name one, as in `rag facts handbook/leave.md`, or use --expired or --all.',
    );
  return withUnderstanding(context, flags, async (looking) => {
    if (flags.all) return await lookAtAll(context, looking, flags);
    if (flags.expired) return listExpired(context, looking, flags);
    const report = await looking.understanding.facts(reference as string);
    context.stdout.write(
      flags.json ? renderEnvelope('rag.facts/1', factsToJson(report)) : renderFacts(report, looking.session.page),
    );
    return EXIT.done;
  });
};

async function lookAtAll(
  context: CommandContext,
  { understanding, session, onProgress }: Looking,
  flags: FactsFlags,
): Promise<ExitCode> {
  const looked = await understanding.fill({ onProgress, signal: context.signal });
  if (flags.json) context.stdout.write(renderEnvelope('rag.facts/1', { looked }));
  else
    session.note(looked === 0 ? 'All documents were looked at before.' : `Looked at ${countOf(looked, 'document')}.`);
  return context.signal.aborted ? EXIT.interrupted : EXIT.done;
}

function listExpired(context: CommandContext, { understanding, session }: Looking, flags: FactsFlags): ExitCode {
  const expired = understanding.expired(MAX_EXPIRED);
  context.stdout.write(flags.json ? renderEnvelope('rag.facts/1', expiredToJson(expired)) : renderExpired(expired));
  if (expired.length > 0) return EXIT.done;
  session.note('No document says that its time is over.');
  return EXIT.nothingFound;
}
