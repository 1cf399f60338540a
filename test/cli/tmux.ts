import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

export type TmuxSession = {
  /** What the screen shows, without colours; `scrollback` brings what has scrolled away. */
  screen(options?: { readonly scrollback?: boolean; readonly escapes?: boolean }): string;
  /** Text as it is typed. */
  type(text: string): void;
  /** Keys by tmux's names: Enter, C-c, Escape, Up ... */
  keys(...names: readonly string[]): void;
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** Resolves when the screen, or what has scrolled away above it, shows the text. */
  shows(text: string | RegExp): Promise<void>;
  /** Of the program that runs in it. */
  processId(): number;
  close(): void;
};

export const hasTmux = (() => {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not installed: tests that need a terminal are skipped, and say so.
    return false;
  }
})();

/** Longest wait for something to be shown, on a machine that is busy with other tests. */
const PATIENCE_MS = 40_000;

export type TmuxOptions = {
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Program and arguments. */
  readonly command: readonly string[];
};

/** A program in a terminal of its own, with a tmux that nobody else uses. */
export function startTmux({ columns, rows, cwd, environment, command }: TmuxOptions): TmuxSession {
  const socket = `ragstone-${randomUUID()}`;
  const tmux = (...argv: string[]): string =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...argv], { encoding: 'utf8', cwd });
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const idFile = join(tmpdir(), `${socket}.pid`);
  const program = ['env', '-i', 'TERM=tmux-256color', ...variables, ...command].map(quoted).join(' ');
  // The shell outlives the program, and says how it ended: what tmux itself says of that does not always come.
  const shell = `sh -c 'echo $$ > ${idFile}; exec "$@"' sh ${program}; echo "left with status $?"; exec sleep 3600`;
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), shell);
  const screen: TmuxSession['screen'] = ({ scrollback = false, escapes = false } = {}) =>
    tmux('capture-pane', '-p', ...(scrollback ? ['-S', '-'] : []), ...(escapes ? ['-e'] : []));
  return {
    screen,
    type: (text) => void tmux('send-keys', '-l', text),
    keys: (...names) => void tmux('send-keys', ...names),
    paste(text) {
      tmux('set-buffer', text);
      tmux('paste-buffer', '-p', '-r');
    },
    resize: (width, height) => void tmux('resize-window', '-x', String(width), '-y', String(height)),
    shows: (text) =>
      vi.waitFor(
        () => {
          const now = screen({ scrollback: true });
          const found = typeof text === 'string' ? now.includes(text) : text.test(now);
          if (!found) throw new Error(`The screen does not show ${text}:\n${now}`);
        },
        { timeout: PATIENCE_MS, interval: 100 },
      ),
    processId: () => Number(readFileSync(idFile, 'utf8')),
    close() {
      tmux('kill-server');
      rmSync(idFile, { force: true });
    },
  };
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
