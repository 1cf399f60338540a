import { StringDecoder } from 'node:string_decoder';
import type { Io } from '../shared/context.ts';

/** A line that is longer is no question: what is beyond is left out. UTF-16 units. */
export const MAX_LINE = 100_000;

/** Lines of standard input as they come, without their ends, until it ends or the signal fires. */
export async function* readLines({ stdin, signal }: Pick<Io, 'stdin' | 'signal'>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const stop = (): void => void stdin.destroy();
  signal.addEventListener('abort', stop, { once: true });
  let rest = '';
  try {
    if (signal.aborted) return;
    for await (const part of stdin as AsyncIterable<Uint8Array | string>) {
      const lines = (typeof part === 'string' ? part : decoder.write(Buffer.from(part))).split('\n');
      const last = lines.pop() ?? '';
      for (const line of lines) {
        yield withoutEnd(rest + line);
        rest = '';
      }
      rest = (rest + last).slice(0, MAX_LINE);
    }
    rest += decoder.end();
    if (rest !== '') yield withoutEnd(rest);
  } catch (error) {
    // Taking the stream away is how waiting for a line is ended.
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const withoutEnd = (line: string): string => line.replace(/\r$/, '').slice(0, MAX_LINE);
