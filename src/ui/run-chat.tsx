import { render } from 'ink';
import type { ChatOptions } from './control/chat-options.ts';
import { createChat } from './control/create-chat.ts';
import { createTerminal, type TerminalInput, type TerminalOutput } from './control/create-terminal.ts';
import { ChatScreen } from './screen/chat-screen.tsx';

export type RunChat = ChatOptions & {
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
  /** Ends the chat. */
  readonly signal: AbortSignal;
};

/** Keys are shown at once; answers come in batches of their own. */
const FRAMES_PER_SECOND = 60;

/** Longest wait for what does not end when it is stopped. */
const LEAVING_MS = 3_000;

/** The chat on a terminal, until the user leaves it. The terminal is then as it was, with the conversation above. */
export async function runChat({ stdin, stdout, signal, ...options }: RunChat): Promise<void> {
  const terminal = createTerminal(stdin, stdout);
  const chat = createChat(options, terminal);
  const { store } = chat;
  // First of all, so that what is typed ahead is not taken for a line by the terminal itself.
  terminal.listen({ onInput: chat.input, onEnd: chat.leave });
  await chat.prepare();
  const screen = render(<ChatScreen store={store} settings={{ ...options, highlight: chat.highlight }} />, {
    stdin: stdin as NodeJS.ReadStream,
    stdout: stdout as NodeJS.WriteStream,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: FRAMES_PER_SECOND,
  });
  const stopWarnings = options.takeWarnings?.((text) =>
    store.dispatch({ type: 'print', items: [{ type: 'note', tone: 'warning', text }] }),
  );
  const resized = (): void => store.dispatch({ type: 'resize', columns: terminal.columns, rows: terminal.rows });
  stdout.on('resize', resized);
  signal.addEventListener('abort', chat.leave, { once: true });
  try {
    chat.start();
    if (signal.aborted) chat.leave();
    await chat.left;
  } finally {
    signal.removeEventListener('abort', chat.leave);
    stdout.off('resize', resized);
    stopWarnings?.();
    // What moved is taken away, and the conversation is left above the prompt of the shell.
    store.dispatch({ type: 'suspend' });
    await new Promise((resolve) => setImmediate(resolve));
    screen.unmount();
    terminal.restore();
    // What was stopped by leaving is still to be saved.
    await Promise.race([chat.ended(), new Promise((resolve) => setTimeout(resolve, LEAVING_MS).unref())]);
  }
}
