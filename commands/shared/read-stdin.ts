import { RagError, throwIfAborted } from '../../src/platform/errors.ts';
import { formatBytes } from '../../src/present/text/quantities.ts';
import type { CommandContext } from './context.ts';

/** All bytes of standard input. Throws PARSE_TOO_LARGE above `maxBytes`, USAGE when nothing comes, ABORTED on Ctrl-C. */
export async function readStdin({ stdin, signal }: CommandContext, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stop = (): void => void stdin.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const part of stdin as AsyncIterable<Uint8Array | string>) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      size += bytes.byteLength;
      if (size > maxBytes) {
        throw new RagError('PARSE_TOO_LARGE', {
          message: `Standard input has more than ${formatBytes(maxBytes)}.`,
          hint: 'Raise the bound with --max-file-size.',
        });
      }
      parts.push(bytes);
    }
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  throwIfAborted(signal);
  if (size === 0) {
    throw new RagError('USAGE', {
      message: 'Standard input is empty.',
      hint: 'Pipe a document in: `cat notes.md | rag add - --title notes`.',
    });
  }
  return Buffer.concat(parts);
}
