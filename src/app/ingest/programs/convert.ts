import { dirname } from 'node:path';
import { FILE_PLACEHOLDER, type Loader } from '../../../config/loader-settings.ts';
import { RagError } from '../../../platform/errors.ts';
import { runCommand } from '../../../platform/run-command.ts';
import type { SourceItem } from '../../../source/types.ts';
import type { Converted } from '../parse-task.ts';

/** Converters of office documents take this and more, but not several times over. */
const MAX_MEMORY_BYTES = 2_000_000_000;
const MAX_SAID = 300;

/**
 * What a loader prints of a file. It runs without a shell, the path as one argument, in the folder of the file. Throws
 * PROGRAM_MISSING, PARSE_TIMEOUT, PARSE_MEMORY, PARSE_TOO_LARGE, PARSE_FAILED with what it said, PARSE_NO_TEXT, ABORTED.
 */
export async function convert(
  item: SourceItem,
  loader: Loader,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal?: AbortSignal },
): Promise<Converted> {
  const path = item.content.kind === 'file' ? item.content.path : item.path;
  const [program = ''] = loader.command;
  const said: string[] = [];
  const end = await runCommand({
    argv: loader.command.map((part) => part.replaceAll(FILE_PLACEHOLDER, () => path)),
    cwd: dirname(path),
    signal,
    timeoutMs: loader.timeoutMs,
    maxOutputBytes: maxBytes,
    maxMemoryBytes: MAX_MEMORY_BYTES,
    onLine: (line, stream) => {
      if (stream === 'stderr' && said.length < 5) said.push(line);
    },
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw new RagError('ABORTED', { message: 'Interrupted.', cause });
    throw new RagError('PROGRAM_MISSING', {
      message: `The loader "${program}" cannot be started.`,
      hint: 'Install it, or correct its command under [[loaders]] in the configuration.',
      cause,
    });
  });
  if (signal?.aborted) throw new RagError('ABORTED', { message: 'Interrupted.' });
  if (end.timedOut) {
    throw new RagError('PARSE_TIMEOUT', {
      message: `The loader "${program}" took longer than ${loader.timeoutMs} ms.`,
      hint: 'Raise its timeoutMs if the file is sound.',
    });
  }
  if (end.outOfMemory) throw new RagError('PARSE_MEMORY', { message: `The loader "${program}" took more than 2 GB.` });
  if (end.isCut)
    throw new RagError('PARSE_TOO_LARGE', { message: `The loader "${program}" printed more than ${maxBytes} bytes.` });
  if (end.status !== 0) {
    const how = end.signal ? `was ended by ${end.signal}` : `ended with status ${end.status}`;
    const why = said.join(' ').slice(0, MAX_SAID);
    throw new RagError('PARSE_FAILED', { message: `The loader "${program}" ${how}${why ? `: ${why}` : ''}.` });
  }
  if (end.stdout.trim() === '')
    throw new RagError('PARSE_NO_TEXT', { message: `The loader "${program}" printed nothing.` });
  return { bytes: Buffer.from(end.stdout, 'utf8'), name: `loaded.${loader.output}` };
}
