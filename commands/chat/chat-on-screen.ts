import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import type { ChatParts } from './chat-by-lines.ts';

/** Conversations whose questions are offered again. */
const REMEMBERED_SESSIONS = 20;
const REMEMBERED_QUESTIONS = 500;

/** A conversation on the terminal. The screen is loaded here: nothing else needs it. */
export async function chatOnScreen(context: CommandContext, parts: ChatParts): Promise<ExitCode> {
  const { knowledgeBase, conversation, session, question, open } = parts;
  const { config, page } = session;
  const { runChat } = await import('../../src/ui/run-chat.tsx');
  await runChat({
    session: conversation,
    knowledgeBase,
    openSession: open,
    listSessions: async (limit) => (await knowledgeBase.sessions()).list(limit),
    async loadHistory() {
      const sessions = await knowledgeBase.sessions();
      return [...sessions.list(REMEMBERED_SESSIONS)]
        .reverse()
        .flatMap(({ id }) => sessions.questions(String(id)))
        .slice(-REMEMBERED_QUESTIONS);
    },
    listModels: async () => {
      const { model, models } = config.settings;
      return [...new Set([...(model ? [model] : []), ...Object.keys(models.aliases), ...models.fallbacks])];
    },
    programs: config.programs,
    hasColor: page.style.bold('x') !== 'x',
    workingFolder: page.workingFolder,
    platform: process.platform,
    ...(question === '' ? {} : { firstQuestion: question }),
    stdin: context.stdin as never,
    stdout: process.stdout as never,
    signal: context.signal,
  });
  return EXIT.done;
}
