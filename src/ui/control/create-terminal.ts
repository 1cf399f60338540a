import type { EventEmitter } from 'node:events';
import { createInputDecoder } from '../input/decode-input.ts';
import type { Input } from '../input/types.ts';
import type { Terminal } from './create-chat.ts';

export type TerminalInput = EventEmitter & {
  setRawMode?(isRaw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
};

export type TerminalOutput = EventEmitter & {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
};

/** So long may the rest of a key's bytes take; a lone escape byte is then the key Esc. */
const ESCAPE_MS = 40;
/** Two frames: what moved has then gone from the screen. */
const SETTLE_MS = 50;

const PASTE_MARKS_ON = '\u001b[?2004h';
const PASTE_MARKS_OFF = '\u001b[?2004l';
const SHOW_CURSOR = '\u001b[?25h';
const HIDE_CURSOR = '\u001b[?25l';
const HOME_AND_WIPE = '\u001b[H\u001b[2J';

export type ListeningTerminal = Terminal & {
  listen(listeners: { readonly onInput: (inputs: readonly Input[]) => void; readonly onEnd: () => void }): void;
  /** The terminal as it was found. */
  restore(): void;
};

/** Reads the keys of a terminal as they are typed, pastes as what they are, and can lend it to another program. */
export function createTerminal(stdin: TerminalInput, stdout: TerminalOutput): ListeningTerminal {
  const decoder = createInputDecoder();
  let onInput: (inputs: readonly Input[]) => void = () => {};
  let onEnd = (): void => {};
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isTaken = false;

  const onData = (bytes: Uint8Array | string): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    onInput(decoder.push(bytes));
    if (decoder.isPending()) timer = setTimeout(() => onInput(decoder.flush()), ESCAPE_MS);
  };
  const take = (): void => {
    if (isTaken) return;
    isTaken = true;
    stdin.setRawMode?.(true);
    stdin.on('data', onData);
    stdin.on('end', onEnd);
    stdin.resume();
    stdout.write(PASTE_MARKS_ON);
  };
  const release = (): void => {
    if (!isTaken) return;
    isTaken = false;
    stdin.off('data', onData);
    stdin.off('end', onEnd);
    stdin.setRawMode?.(false);
    stdin.pause();
    stdout.write(PASTE_MARKS_OFF + SHOW_CURSOR);
  };
  // However the process ends, the shell gets back a terminal that shows what is typed.
  const atExit = (): void => release();

  return {
    get columns() {
      return stdout.columns || 80;
    },
    get rows() {
      return stdout.rows || 24;
    },
    wipe: () => void stdout.write(HOME_AND_WIPE),
    send: (sequence) => void stdout.write(sequence),
    async lend(run) {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      release();
      try {
        await run();
      } finally {
        take();
        // The screen goes on below what the program may have left.
        stdout.write(`${HIDE_CURSOR}\n`);
      }
    },
    listen(listeners) {
      ({ onInput, onEnd } = listeners);
      process.once('exit', atExit);
      take();
    },
    restore() {
      if (timer !== null) clearTimeout(timer);
      process.off('exit', atExit);
      release();
    },
  };
}
