import { availableParallelism, tmpdir } from 'node:os';
import pLimit from 'p-limit';
import type { Settings } from '../../../config/types.ts';
import type { RecognizedPage } from '../../../parse/types.ts';
import { RagError } from '../../../platform/errors.ts';
import { runCommand } from '../../../platform/run-command.ts';
import type { SourceItem } from '../../../source/types.ts';
import type { ReadRun } from '../read-item.ts';
import { reasonOfLoss } from '../read-item.ts';
import type { PictureReply } from './picture-task.ts';
import { readTesseractTable } from './read-tesseract-table.ts';

/** A page full of small print has some thousand words, each a row of a hundred bytes. */
const MAX_OUTPUT_BYTES = 20_000_000;
/** Pages are drawn with a bound on their size; a TIFF may hold what it likes. */
const MAX_MEMORY_BYTES = 2_000_000_000;

/** It uses several cores itself. */
const turns = pLimit(Math.max(1, Math.floor(availableParallelism() / 2)));

type Recognition = {
  readonly settings: Pick<Settings, 'ocr' | 'source'>;
  readonly run: ReadRun;
  readonly signal?: AbortSignal;
};

/**
 * Has Tesseract read pages of an item. One that cannot be read is without text. Throws PROGRAM_MISSING where Tesseract is
 * not installed or lacks the language, PARSE_TIMEOUT, PARSE_MEMORY or PARSE_FAILED when not one page could be read.
 */
export async function recognize(
  item: SourceItem,
  pages: readonly number[],
  { settings, run, signal }: Recognition,
): Promise<RecognizedPage[]> {
  const recognized: RecognizedPage[] = [];
  let failure: RagError | undefined;
  for (const page of pages.slice(0, settings.ocr.maxPages)) {
    try {
      const picture = await drawPicture(item, page, { settings, run });
      const found = await turns(() => readPicture(picture, settings, signal));
      // A TIFF has pages of its own; of all others there is one.
      recognized.push(...(found.length > 1 ? found : found.map((each) => ({ ...each, page }))));
      if (found.length === 0) recognized.push({ page, text: '', confidence: null });
    } catch (error) {
      if (!(error instanceof RagError) || ['ABORTED', 'INTERNAL', 'PROGRAM_MISSING'].includes(error.code)) throw error;
      failure ??= error;
      recognized.push({ page, text: '', confidence: null });
    }
  }
  if (failure && recognized.every(({ text }) => text === '')) throw failure;
  return recognized;
}

async function drawPicture(
  { content }: SourceItem,
  page: number,
  { settings, run }: Omit<Recognition, 'signal'>,
): Promise<Uint8Array> {
  const maxBytes = run.source.options.maxFileBytes ?? settings.source.maxFileBytes;
  let reply: PictureReply;
  try {
    reply = (await run.pool.run({ picture: page, content, maxBytes })) as PictureReply;
  } catch (error) {
    const { code, message } = reasonOfLoss(error);
    throw new RagError(code, { message });
  }
  if (reply.status === 'picture') return reply.bytes;
  throw new RagError(reply.code, { message: reply.message });
}

async function readPicture(
  picture: Uint8Array,
  { ocr }: Pick<Settings, 'ocr'>,
  signal: AbortSignal | undefined,
): Promise<RecognizedPage[]> {
  const said: string[] = [];
  const end = await runCommand({
    argv: [ocr.command, 'stdin', 'stdout', '-l', ocr.languages, '--psm', '3', 'tsv'],
    cwd: tmpdir(),
    input: picture,
    signal,
    timeoutMs: ocr.pageTimeoutMs,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    maxMemoryBytes: MAX_MEMORY_BYTES,
    onLine: (line, stream) => {
      if (stream === 'stderr' && said.length < 5) said.push(line);
    },
  }).catch((error: NodeJS.ErrnoException) => {
    if (signal?.aborted) throw new RagError('ABORTED', { message: 'Interrupted.', cause: error });
    throw missing(ocr.command, error);
  });
  if (signal?.aborted) throw new RagError('ABORTED', { message: 'Interrupted.' });
  if (end.timedOut) {
    throw new RagError('PARSE_TIMEOUT', {
      message: `The text was not recognised within ${ocr.pageTimeoutMs} ms.`,
      hint: 'Raise ocr.pageTimeoutMs if the picture is sound.',
    });
  }
  if (end.outOfMemory)
    throw new RagError('PARSE_MEMORY', { message: 'The picture takes more than 2 GB to recognise.' });
  if (end.status === 0) return readTesseractTable(end.stdout);
  const reason = said.join(' ').slice(0, 300);
  if (/error opening data file|failed loading language|couldn't load any languages/i.test(reason)) {
    throw new RagError('PROGRAM_MISSING', {
      message: `Tesseract does not know the language "${ocr.languages}".`,
      hint: 'Install its data, such as tesseract-ocr-deu, or set ocr.languages; `tesseract --list-langs` shows what is there.',
    });
  }
  throw new RagError('PARSE_FAILED', {
    message: `Tesseract could not read the picture: ${reason || `status ${end.status}`}.`,
  });
}

const missing = (command: string, cause: unknown): RagError =>
  new RagError('PROGRAM_MISSING', {
    message: `The text of pictures cannot be recognised: "${command}" cannot be started.`,
    hint: 'Install Tesseract (apt install tesseract-ocr, brew install tesseract), or name it in ocr.command.',
    cause,
  });
