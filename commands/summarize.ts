import { type Command, Option } from 'commander';
import type { Summary, SummaryEvent, SummaryLength } from '../src/app/summarize/types.ts';
import { renderEnvelope, renderLine } from '../src/present/json/stringify.ts';
import { summaryEventToLine, summaryToJson } from '../src/present/json/v1/summary.ts';
import { escapeBlock } from '../src/present/text/escape-terminal.ts';
import { countOf } from '../src/present/text/quantities.ts';
import { renderSources } from '../src/present/text/render-answer.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import {
  addExamples,
  addFilterFlags,
  addFormatFlag,
  type FilterFlags,
  type FormatFlags,
  filterOf,
  formatOf,
  usageError,
  wholeNumber,
} from './shared/flags.ts';
import { createProgressLine } from './shared/progress.ts';
import { type Session, startSession, withKnowledgeBase } from './shared/session.ts';

type SummarizeFlags = FormatFlags &
  FilterFlags & {
    readonly search?: string;
    readonly length: SummaryLength;
    readonly model?: string;
    readonly maxCalls?: number;
    /** False with --no-stream. */
    readonly stream?: boolean;
  };

const NO_MODEL =
  'No model is configured, so these are sentences of the documents. To have a summary written, set one: `rag config set model ollama/<name>`, or --model openai/<name>.';

export function defineSummarize(command: Command, context: CommandContext): void {
  command
    .argument('[name...]', 'document (path, title), folder or collection')
    .option('--search <query>', 'summarize what a search finds')
    .addOption(new Option('--length <length>', 'how long').choices(['short', 'medium', 'long']).default('medium'))
    .option('-m, --model <provider/model>', 'model that writes it; "none" quotes the most central sentences')
    .option('--max-calls <number>', 'most calls of the model (12); what is too large is read in part', wholeNumber)
    .option('--no-stream', 'write the summary when it is whole')
    .action(context.action((words: string[], flags: SummarizeFlags) => summarize(context, words.join(' '), flags)));
  addFilterFlags(command);
  addFormatFlag(command, ['text', 'json', 'jsonl']);
  addExamples(command, [
    ['rag summarize handbook/travel.md', 'a document, each point with its passage'],
    ['rag summarize handbook --length short', 'a folder'],
    ['rag summarize --search "parental leave" -m ollama/llama3.2', 'what a search finds, by a model'],
    ['rag summarize --since 2026-03-01 --json', 'what changed since then, for a program'],
  ]);
}

async function summarize(context: CommandContext, name: string, flags: SummarizeFlags): Promise<ExitCode> {
  const filter = filterOf(flags);
  if (name !== '' && flags.search !== undefined)
    throw usageError('--search goes without a name.', 'Narrow it by --path or --collection instead.');
  if (name === '' && flags.search === undefined && Object.keys(filter).length === 0) {
    throw usageError(
      'Nothing is named to summarize.',
      'Name a document, folder or collection, or say --search "…" or a filter such as --since 2026-01-01.',
    );
  }
  const session = await startSession(context, flags, { model: { flag: '--model', value: flags.model } });
  const { model } = session.config.settings;
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) => {
    const target = flags.search !== undefined ? { search: flags.search } : name === '' ? null : { name };
    const events = knowledgeBase.summarize(target, {
      length: flags.length,
      model: model ?? 'none',
      filter,
      maxCalls: flags.maxCalls,
      signal: context.signal,
    });
    const summary = await write(context, session, events, flags);
    if (summary === null) return EXIT.done;
    if (formatOf(flags) === 'text' && model === undefined) session.note(NO_MODEL);
    return summary.answer.text === '' ? EXIT.nothingFound : EXIT.done;
  });
}

/** Writes the summary as it comes; null when the reader went away before its end. */
async function write(
  context: CommandContext,
  session: Session,
  events: AsyncIterable<SummaryEvent>,
  flags: SummarizeFlags,
): Promise<Summary | null> {
  const { stdout, stderr } = context;
  const format = formatOf(flags);
  const streams = format === 'text' && flags.stream !== false;
  const progress = createProgressLine(stderr);
  let summary: Summary | null = null;
  let written = '';
  try {
    for await (const event of events) {
      if (format === 'jsonl') stdout.write(renderLine(summaryEventToLine(event)));
      if (event.type === 'summary-progress' && !flags.quiet) {
        progress.update({ done: event.done, total: event.total, path: event.what });
      } else if (event.type === 'text-delta' && streams) {
        progress.clear();
        written += event.text;
        stdout.write(escapeBlock(event.text));
      } else if (event.type === 'summary-end') summary = event.summary;
      if (stdout.isClosed()) return null;
    }
  } finally {
    progress.clear();
    if (written !== '' && !written.endsWith('\n')) stdout.write('\n');
  }
  if (summary === null) return null;
  const { answer, scope } = summary;
  if (format === 'json') stdout.write(renderEnvelope('rag.summary/1', summaryToJson(summary)));
  if (format !== 'text') return summary;
  if (!streams && answer.text !== '') stdout.write(`${escapeBlock(answer.text.trimEnd())}\n`);
  stdout.write(renderSources(answer, session.page));
  if (answer.text === '') stderr.write('There is nothing to summarize.\n');
  for (const warning of answer.warnings) session.warn(warning);
  session.note(`${countOf(scope.documents, 'document')}, ${countOf(scope.passages, 'passage')}.`);
  return summary;
}
