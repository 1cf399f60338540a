import { render } from 'ink-testing-library';
import { onTestFinished, vi } from 'vitest';
import type { ChatSession } from '../../src/app/chat/types.ts';
import type { KnowledgeBase } from '../../src/app/types.ts';
import type { ChatOptions } from '../../src/ui/control/chat-options.ts';
import { createChat } from '../../src/ui/control/create-chat.ts';
import { createInputDecoder } from '../../src/ui/input/decode-input.ts';
import { ChatScreen } from '../../src/ui/screen/chat-screen.tsx';

export type StartChat = Partial<ChatOptions> & {
  readonly session: ChatSession;
  readonly knowledgeBase: KnowledgeBase;
  readonly columns?: number;
  readonly rows?: number;
};

/** The chat with its screen drawn into text, and keys as a terminal sends them. */
export function startChat({ columns = 80, rows = 24, ...given }: StartChat) {
  const sent: string[] = [];
  const lent: string[] = [];
  let wiped = 0;
  const options: ChatOptions = {
    openSession: () => given.session,
    listSessions: () => [],
    loadHistory: () => [],
    listModels: async () => [],
    programs: { pager: 'cat', editor: 'vi', opener: 'true' },
    hasColor: false,
    workingFolder: '/work',
    platform: 'linux',
    ...given,
  };
  const chat = createChat(options, {
    columns,
    rows,
    wipe: () => void wiped++,
    send: (sequence) => void sent.push(sequence),
    lend: async (run) => {
      lent.push('begin');
      await run();
      lent.push('end');
    },
  });
  let hasLeft = false;
  void chat.left.then(() => {
    hasLeft = true;
  });
  const screen = render(<ChatScreen store={chat.store} settings={{ ...options, highlight: chat.highlight }} />);
  const decoder = createInputDecoder();
  screen.stdin.on('data', (data: string) => chat.input(decoder.push(data)));
  chat.start();
  onTestFinished(() => screen.unmount());
  const frame = (): string => (screen.lastFrame() ?? '').replaceAll('\u001b[7m', '').replaceAll('\u001b[27m', '');
  return {
    chat,
    frame,
    type: (keys: string) => screen.stdin.write(keys),
    /** Resolves when the screen shows it. */
    shows: (text: string | RegExp) =>
      vi.waitFor(
        () => {
          const now = frame();
          const found = typeof text === 'string' ? now.includes(text) : text.test(now);
          if (!found) throw new Error(`The screen does not show ${text}:\n${now}`);
        },
        { timeout: 10_000, interval: 5 },
      ),
    sent,
    lent,
    wiped: () => wiped,
    hasLeft: () => hasLeft,
  };
}
