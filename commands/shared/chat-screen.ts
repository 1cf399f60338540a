import { join } from 'node:path';
import type { ChatSession } from '../../src/app/chat/types.ts';
import type { KnowledgeBase } from '../../src/app/types.ts';
import { canMoveCursor, userFolders } from '../../src/config/load.ts';
import { createProxiedFetch } from '../../src/platform/http/proxied-fetch.ts';
import type { TerminalInput } from '../../src/ui/control/create-terminal.ts';
import type { CommandContext } from './context.ts';
import type { Session } from './session.ts';

/** Former sessions whose questions Up goes back through. */
const REMEMBERED_SESSIONS = 20;

export type ChatOnScreen = {
  readonly context: CommandContext;
  readonly session: Session;
  readonly knowledgeBase: KnowledgeBase;
  readonly chat: ChatSession;
  /** Asked at once. */
  readonly firstQuestion?: string;
};

/** Whether the chat can be drawn: someone types at a terminal and looks at one that can move its cursor. */
export const hasScreen = ({ stdin, stdout, environment }: CommandContext): boolean =>
  stdin.isTTY === true && stdout.isTerminal && canMoveCursor(environment);

/** What is written to standard error meanwhile. */
function takeWarnings(listener: (text: string) => void): () => void {
  const { stderr } = process;
  const { write } = stderr;
  stderr.write = (text: string | Uint8Array): boolean => {
    const line = String(text)
      .trim()
      .replace(/^warning: /, '');
    if (line !== '') listener(line);
    return true;
  };
  return () => {
    stderr.write = write;
  };
}

/** The chat on the terminal, until the user leaves. Loads what draws it, which nothing else needs. */
export async function chatOnScreen({
  context,
  session,
  knowledgeBase,
  chat,
  firstQuestion,
}: ChatOnScreen): Promise<void> {
  const { settings } = session.config;
  const { runChat } = await import('../../src/ui/run-chat.tsx');
  const sessions = await knowledgeBase.sessions();
  await runChat({
    session: chat,
    knowledgeBase,
    openSession: (reference) => knowledgeBase.chat({ session: reference }),
    listSessions: (limit) => sessions.list(limit),
    loadHistory: () =>
      [...sessions.list(REMEMBERED_SESSIONS)].reverse().flatMap(({ id }) => sessions.questions(String(id))),
    listModels: async () => {
      const { listModels } = await import('../../src/app/models/list-models.ts');
      const { models } = await listModels({
        settings,
        runtime: { fetch: createProxiedFetch(settings.http) },
        cacheFolder: join(userFolders(context.environment).cache, 'models'),
        activeSpace: null,
        signal: context.signal,
      });
      return models.filter(({ kind }) => kind === 'answer').map(({ name }) => name);
    },
    programs: { pager: settings.chat.pager, editor: settings.chat.editor, opener: settings.chat.opener ?? '' },
    hasColor: session.page.style.bold('x') !== 'x',
    workingFolder: context.workingFolder,
    platform: process.platform,
    firstQuestion,
    takeWarnings,
    stdin: context.stdin as unknown as TerminalInput,
    stdout: process.stdout,
    signal: context.signal,
  });
}
