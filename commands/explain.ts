import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { explainToJson } from '../src/present/json/v1/explain.ts';
import { renderExplain } from '../src/present/text/render-explain.ts';
import { addRetrievalFlags, growthOf, type RetrievalFlags, retrievalSettings } from './search.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, filterOf, wholeNumber } from './shared/flags.ts';
import { rerankOptionsOf } from './shared/rerank-flags.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

type ExplainFlags = RetrievalFlags & { readonly passages?: number };

export function defineExplain(command: Command, context: CommandContext): void {
  command
    .argument('<query>', 'the search, as `rag search` takes it; quote it when it has several words')
    .argument('<reference>', 'path, URI or id of a document, or id of a passage')
    .option('--passages <number>', 'most passages of a document that are explained', wholeNumber, 3)
    .action(
      context.action((query: string, reference: string, flags: ExplainFlags) =>
        explain(context, { query, reference }, flags),
      ),
    );
  addRetrievalFlags(command);
  addExamples(command, [
    ['rag explain "parental leave" leave-policy.md', 'where its best passages stand, and why'],
    ['rag explain "parental leave" 3f9ac21b04d7e815.2', 'one passage'],
    ['rag explain budget notes/old.md --since 2026-01-01', 'which filter leaves it out'],
    ['rag explain budget drafts/plan.md --json', 'for a program'],
  ]);
}

async function explain(
  context: CommandContext,
  { query, reference }: { readonly query: string; readonly reference: string },
  flags: ExplainFlags,
): Promise<ExitCode> {
  const session = await startSession(context, flags, retrievalSettings(flags));
  const { limit, mode, perDocument } = session.config.settings.search;
  const explanation = await withKnowledgeBase(
    context,
    session,
    { create: false, verbose: flags.verbose },
    (knowledgeBase) =>
      knowledgeBase.explain(query, reference, {
        limit,
        mode,
        perDocument,
        filter: filterOf(flags),
        minScore: flags.minScore,
        passages: flags.passages,
        ...growthOf(flags),
        ...rerankOptionsOf(flags, session),
        signal: context.signal,
      }),
  );
  context.stdout.write(
    flags.json ? renderEnvelope('rag.explain/1', explainToJson(explanation)) : renderExplain(explanation, session.page),
  );
  return explanation.passages.some(({ rank }) => rank !== null) ? EXIT.done : EXIT.nothingFound;
}
