import type { Command } from 'commander';
import type { AskEvent, AskOptions, SearchResult } from '../src/app/types.ts';
import type { Answer } from '../src/domain/answer.ts';
import { RagError } from '../src/platform/errors.ts';
import { renderEnvelope, renderLine } from '../src/present/json/stringify.ts';
import { answerToJson, askEventToLine } from '../src/present/json/v1/answer.ts';
import { escapeBlock } from '../src/present/text/escape-terminal.ts';
import { renderSources } from '../src/present/text/render-answer.ts';
import { AS_OF, addRetrievalFlags, growthOf, limitSet, type RetrievalFlags, retrievalSettings } from './search.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, addFormatFlag, filterOf, formatOf } from './shared/flags.ts';
import { contextTokensOf, rerankOptionsOf, withoutContextTokens } from './shared/rerank-flags.ts';
import { type Session, startSession, withKnowledgeBase } from './shared/session.ts';
import { startRecording } from './shared/start-recording.ts';
import { asOf } from './shared/with-history.ts';

type AskFlags = RetrievalFlags & {
  readonly asOf?: string;
  readonly model?: string;
  readonly system?: string;
  /** False with --no-stream. */
  readonly stream?: boolean;
  /** False with --no-cache. */
  readonly cache?: boolean;
  readonly strict?: boolean;
  readonly record?: string;
};

const NO_MODEL =
  'No model is configured, so this is quoted from the documents. To have answers written, set one: `rag config set model ollama/<name>`, or --model openai/<name>.';

export function defineAsk(command: Command, context: CommandContext): void {
  command
    .argument('<question...>', 'what to answer')
    .option('-m, --model <provider/model>', 'model that writes the answer; "none" quotes the documents instead')
    .option('-s, --system <text>', 'further instructions for the model')
    .option('--as-of <moment>', AS_OF)
    .option('--no-stream', 'write the answer when it is whole')
    .option('--no-cache', 'ask again, whatever was kept of an equal question')
    .option(
      '--strict',
      'exit 1 when a sentence is not supported by the passages or contradicted, or the answer broke off',
    )
    .option('--record <file|folder>', 'keep the question and all that came of it, for `rag replay`')
    .action(context.action((words: string[], flags: AskFlags) => ask(context, words.join(' '), flags)));
  addRetrievalFlags(command, 'most tokens of passages for the model (4000), or longest time for reranking (500ms)');
  addFormatFlag(command, ['text', 'json', 'jsonl']);
  addExamples(command, [
    ['rag ask "Who approves travel?"', 'an answer with its sources'],
    ['rag ask "Who approves travel?" -m ollama/llama3.2', 'written by a local model'],
    ['rag ask "What changed?" -c work --since 2026-03-01', 'from some of the documents'],
    ['rag ask "Who approves travel?" --as-of 2026-03-01', 'from the documents as they were then'],
    ['rag ask "Who approves travel?" --strict --json', 'for a program that must not be misled'],
  ]);
}

async function ask(context: CommandContext, question: string, given: AskFlags): Promise<ExitCode> {
  const flags = withoutContextTokens(given);
  const settings = { ...retrievalSettings(flags), model: { flag: '--model', value: flags.model } };
  const session = await startSession(context, flags, settings);
  const { search, model } = session.config.settings;
  const chosen = model === undefined || model === 'none' ? 'extractive' : model;
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, (present) =>
    asOf(context, { session, knowledgeBase: present }, flags.asOf, async ({ knowledgeBase, moment }) => {
      const options: AskOptions = {
        model: chosen,
        system: flags.system,
        limit: limitSet(session),
        contextTokens: contextTokensOf(given),
        mode: search.mode,
        perDocument: search.perDocument,
        minScore: flags.minScore,
        ...growthOf(flags),
        expansionModel: chosen,
        ...rerankOptionsOf(flags, session),
        filter: filterOf(flags),
        log: moment === null,
        cache: flags.cache !== false && moment === null,
        signal: context.signal,
      };
      const recording =
        flags.record === undefined
          ? null
          : startRecording(flags.record, { context, session, knowledgeBase, question, options });
      const events = knowledgeBase.ask(question, { ...options, onPrompt: recording?.onPrompt });
      const answer = await write(context, session, recording?.see(events) ?? events, flags, model === undefined);
      if (answer === null) return EXIT.done;
      recording?.write();
      const fails = flags.strict === true && hasFailed(answer);
      return answer.support === 'none' || fails ? EXIT.nothingFound : EXIT.done;
    }),
  );
}

/** Whether the answer says what the passages do not, or not all that it was to say. */
const hasFailed = ({ checks = [], unverifiedQuotations = [], citations, incomplete }: Answer): boolean =>
  incomplete === true ||
  checks.some(({ label }) => label === 'unsupported' || label === 'contradicted') ||
  unverifiedQuotations.length > 0 ||
  citations.some(({ verified }) => !verified);

/** Writes the answer as it comes; null when the reader went away before its end. */
async function write(
  context: CommandContext,
  session: Session,
  events: AsyncIterable<AskEvent>,
  flags: AskFlags,
  tellOfModel: boolean,
): Promise<Answer | null> {
  const { stdout } = context;
  const format = formatOf(flags);
  const streams = format === 'text' && flags.stream !== false;
  let found: SearchResult | null = null;
  let answer: Answer | null = null;
  let written = '';
  let hasText = false;
  try {
    for await (const event of events) {
      if (format === 'jsonl') stdout.write(renderLine(askEventToLine(event)));
      if (event.type === 'search-end') {
        found = event.result;
      } else if (event.type === 'text-delta') {
        const isQuoted = found !== null && found.route?.kind !== 'catalogue';
        if (format === 'text' && tellOfModel && isQuoted && !hasText) session.note(NO_MODEL);
        hasText = true;
        if (!streams) continue;
        written += event.text;
        stdout.write(escapeBlock(event.text));
      } else if (event.type === 'answer-end') {
        answer = event.answer;
      }
      if (stdout.isClosed()) return null;
    }
  } finally {
    // Whatever follows, an error too, begins on a line of its own.
    if (written !== '' && !written.endsWith('\n')) stdout.write('\n');
  }
  if (answer === null) {
    throw new RagError('MODEL_BROKEN_STREAM', { message: 'The answer broke off.', hint: 'Ask again.' });
  }
  if (format === 'json') stdout.write(renderEnvelope('rag.answer/1', answerToJson(answer, found)));
  if (format !== 'text') return answer;
  if (!streams && answer.text !== '') stdout.write(`${escapeBlock(answer.text.trimEnd())}\n`);
  stdout.write(renderSources(answer, session.page));
  for (const warning of answer.warnings) session.warn(warning);
  if (answer.usage.cached) session.note('The same was asked before, and this answer was kept; --no-cache asks again.');
  if (answer.support === 'none') context.stderr.write('The documents do not answer this.\n');
  for (const note of found?.notes ?? []) session.note(note);
  return answer;
}
