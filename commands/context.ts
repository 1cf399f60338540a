import { type Command, Option } from 'commander';
import { type ContextFormat, jsonContext, markdownContext, xmlContext } from '../src/present/text/render-context.ts';
import { addRetrievalFlags, growthOf, limitSet, type RetrievalFlags, retrievalSettings } from './search.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, addFormatFlag, filterOf, formatOf, usageError } from './shared/flags.ts';
import { writeData } from './shared/output.ts';
import { contextTokensOf, rerankOptionsOf, withoutContextTokens } from './shared/rerank-flags.ts';
import { startSession, withKnowledgeBase } from './shared/session.ts';

type ContextFlags = RetrievalFlags & { readonly model?: string; readonly format?: 'md' | 'xml' | 'json' };

export function defineContext(command: Command, context: CommandContext): void {
  command
    .argument('<question...>', 'what the passages should answer')
    .option('-m, --model <provider/model>', 'model that writes for --expand-query hyde and multi-query')
    .addOption(new Option('--format <format>', 'the same as -o').choices(['md', 'xml', 'json']))
    .action(context.action((words: string[], flags: ContextFlags) => print(context, words.join(' '), flags)));
  addRetrievalFlags(command, 'most tokens of all that is printed (4000), or longest time for reranking (500ms)');
  addFormatFlag(command, ['md', 'xml', 'json']);
  addExamples(command, [
    ['rag context "Who approves travel?"', 'passages as Markdown, 4,000 tokens at most'],
    ['rag context "Who approves travel?" --budget 1500 -o xml', 'fewer, as XML'],
    ['rag context "What changed?" -c work --since 2026-03-01 | llm', 'for another program'],
    ['rag context "Who approves travel?" --json', 'with places and spans'],
  ]);
}

const FORMATS: Readonly<Record<string, ContextFormat>> = { md: markdownContext, xml: xmlContext, json: jsonContext };

async function print(context: CommandContext, question: string, given: ContextFlags): Promise<ExitCode> {
  const flags = withoutContextTokens(given);
  const budgetTokens = contextTokensOf(given);
  if (budgetTokens === 0) throw usageError('--budget 0 leaves no room for a passage.', 'Give some hundred tokens.');
  const output = formatOf(flags);
  const format = output === 'text' ? (flags.format ?? 'md') : output;
  const layout = FORMATS[format] as ContextFormat;
  const session = await startSession(context, flags, retrievalSettings(flags));
  const { mode, perDocument } = session.config.settings.search;
  const result = await withKnowledgeBase(
    context,
    session,
    { create: false, verbose: flags.verbose },
    async (knowledgeBase) =>
      knowledgeBase.context(question, {
        budgetTokens,
        layout,
        limit: limitSet(session),
        mode,
        perDocument,
        minScore: flags.minScore,
        ...growthOf(flags),
        expansionModel: flags.model,
        ...rerankOptionsOf(flags, session),
        filter: filterOf(flags),
        log: true,
        cache: true,
        signal: context.signal,
      }),
  );
  const isEmpty = result.passages.length === 0;
  if (isEmpty && format !== 'json') context.stderr.write('Nothing found.\n');
  else writeData(context.stdout, layout.render(result));
  if (format !== 'json') for (const note of result.found.notes) session.note(note);
  return isEmpty ? EXIT.nothingFound : EXIT.done;
}
