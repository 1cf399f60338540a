import { createInterface } from 'node:readline/promises';
import { throwIfAborted } from '../../src/platform/errors.ts';
import { escapeBlock } from '../../src/present/text/escape-terminal.ts';
import type { CommandContext } from './context.ts';
import { usageError } from './flags.ts';

/**
 * Whether the person at the terminal says yes. Throws USAGE where nobody can be asked, and ABORTED on Ctrl-C.
 * `-y` is handled by the caller.
 */
export async function confirm({ stdin, stderr, signal }: CommandContext, question: string): Promise<boolean> {
  if (!stdin.isTTY || !stderr.isTerminal) {
    throw usageError(`${question} Nobody can be asked here.`, 'Say -y to do it.');
  }
  stderr.write(`${escapeBlock(question)} [y/N] `);
  const lines = createInterface({ input: stdin, terminal: false });
  const stop = (): void => lines.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const line of lines) return /^y(es)?$/i.test(line.trim());
    throwIfAborted(signal);
    return false;
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
  }
}
