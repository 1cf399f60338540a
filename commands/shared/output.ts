import type { WriteStream } from 'node:tty';
import { escapeBlock } from '../../src/present/text/escape-terminal.ts';

/** Columns of text that nobody's terminal shows. */
const PLAIN_COLUMNS = 80;

/** Standard output or standard error. Writing to a reader that has gone does nothing. */
export type Output = {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Columns of the terminal, 80 where it is none. */
  readonly columns: () => number;
  /** The reader has closed its end: what is still to be written is not wanted. */
  readonly isClosed: () => boolean;
  /** Why writing failed, other than by a reader that has gone: a full disk, say. */
  readonly failure: () => Error | null;
  /** Resolves when everything written has left the process. */
  flush(): Promise<void>;
};

export function createOutput(stream: NodeJS.WritableStream & Partial<WriteStream>): Output {
  let closed = false;
  let failure: Error | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `rag search x | head -1` is no fault; a full disk behind `>` is one.
    if (error.code !== 'EPIPE' && error.code !== 'EOF') failure ??= error;
    closed = true;
  });
  return {
    write(text) {
      if (!closed && text !== '') stream.write(text);
    },
    isTerminal: stream.isTTY === true,
    columns: () => (stream.isTTY === true && stream.columns ? stream.columns : PLAIN_COLUMNS),
    isClosed: () => closed,
    failure: () => failure,
    flush: () =>
      new Promise((resolve) => {
        if (closed) resolve();
        else stream.write('', () => resolve());
      }),
  };
}

/** Data of foreign origin: exact for a program or file, harmless for a terminal. */
export function writeData(output: Output, text: string): void {
  output.write(output.isTerminal ? escapeBlock(text) : text);
}
