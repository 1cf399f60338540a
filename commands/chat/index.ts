import { type Command, Option } from 'commander';
import type { ChatSettings } from '../../src/app/chat/types.ts';
import type { SearchMode } from '../../src/domain/search.ts';
import { chatOnScreen, hasScreen } from '../shared/chat-screen.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import {
  addExamples,
  addFilterFlags,
  type CommonFlags,
  type FilterFlags,
  filterOf,
  usageError,
  wholeNumber,
} from '../shared/flags.ts';
import { startSession, withKnowledgeBase } from '../shared/session.ts';

export type ChatFlags = CommonFlags &
  FilterFlags & {
    readonly model?: string;
    readonly system?: string;
    readonly limit?: number;
    readonly mode?: SearchMode;
    readonly budget?: number;
    readonly session?: string;
    readonly continue?: boolean;
    /** False with --no-save. */
    readonly save?: boolean;
    /** False with --no-stream. */
    readonly stream?: boolean;
  };

export function defineChat(command: Command, context: CommandContext): void {
  command
    .argument('[question...]', 'what to ask first')
    .option('-m, --model <provider/model>', 'model that writes the answers; "none" quotes the documents instead')
    .option('-s, --system <text>', 'further instructions for the model')
    .option('-n, --limit <number>', 'passages that an answer may draw on', wholeNumber)
    .addOption(
      new Option('--mode <mode>', 'by words and meaning, by words, or by meaning').choices([
        'hybrid',
        'lexical',
        'vector',
      ]),
    )
    .option('--budget <tokens>', 'most tokens of passages for the model', wholeNumber)
    .option('--session <id|name>', 'go on with a saved conversation')
    .option('--continue', 'go on with the last one')
    .option('--no-save', 'keep nothing of it in the database')
    .action(context.action((words: string[], flags: ChatFlags) => chat(context, words.join(' '), flags)));
  addFilterFlags(command);
  addExamples(command, [
    ['rag chat', '/help says what to type'],
    ['rag chat --continue', 'where it was left'],
    ['rag chat -m ollama/llama3.2 "Who approves?"', 'with a model'],
    ['rag chat --no-save < questions.txt', 'a question a line'],
    ['echo "Who approves?" | rag chat --json', 'an object for each event'],
  ]);
}

async function chat(context: CommandContext, question: string, flags: ChatFlags): Promise<ExitCode> {
  if (flags.session !== undefined && flags.continue)
    throw usageError('--session names a conversation, and --continue takes the last one.', 'Leave one of them out.');
  const session = await startSession(context, flags, { model: { flag: '--model', value: flags.model } });
  const settings = settingsOf(flags, session.config.settings.model);
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) => {
    const open = (reference?: string) =>
      knowledgeBase.chat({
        session: reference ?? flags.session,
        continue: reference === undefined && flags.continue,
        save: flags.save,
        ...(reference === undefined ? { settings } : {}),
      });
    const conversation = await open();
    if (!flags.json && hasScreen(context)) {
      await chatOnScreen({
        context,
        session,
        knowledgeBase,
        chat: conversation,
        ...(question === '' ? {} : { firstQuestion: question }),
      });
      return EXIT.done;
    }
    const { chatByLines } = await import('./chat-by-lines.ts');
    return chatByLines(context, { knowledgeBase, conversation, session, question, open, flags });
  });
}

/** What flags say; a conversation that is gone on with keeps the rest. */
function settingsOf(flags: ChatFlags, model: string | undefined): Partial<ChatSettings> {
  const filter = filterOf(flags);
  return {
    ...(flags.model === undefined ? {} : { model: model === undefined || model === 'none' ? 'extractive' : model }),
    ...(flags.system === undefined ? {} : { system: flags.system }),
    ...(flags.limit === undefined ? {} : { limit: flags.limit }),
    ...(flags.mode === undefined ? {} : { mode: flags.mode }),
    ...(flags.budget === undefined ? {} : { contextTokens: flags.budget }),
    ...(Object.keys(filter).length === 0 ? {} : { filter }),
  };
}
