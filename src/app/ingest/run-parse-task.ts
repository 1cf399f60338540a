import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { chunkDocument } from '../../chunk/chunk-document.ts';
import { encodeMentions } from '../../graph/encode-mentions.ts';
import { extractByStretches } from '../../graph/extract-by-stretches.ts';
import { parseDocument } from '../../parse/parse-document.ts';
import { messageOf, RagError } from '../../platform/errors.ts';
import { sha256Short } from '../../platform/hash.ts';
import { contentHashOf } from '../../privacy/content-hash.ts';
import type { ItemContent } from '../../source/types.ts';
import { embedText } from './embed-text.ts';
import { lineCounter } from './line-counter.ts';
import type { ParsedChunk, ParseReply, ParseResult, ParseTask } from './parse-task.ts';
import { treatMessage, treatParsed } from './treat-parsed.ts';

/** Reads, hashes, parses and chunks one item. Never throws: every failure is a reply with its reason. */
export async function runParseTask(task: ParseTask): Promise<ParseReply> {
  const started = performance.now();
  const result = await parse(task);
  return { ...result, elapsedMs: performance.now() - started };
}

async function parse(task: ParseTask): Promise<ParseResult> {
  const { treatment = null } = task;
  try {
    const bytes = await readContent(task.content, task.maxBytes);
    const contentHash = contentHashOf(bytes, treatment);
    if (contentHash === task.knownHash) return { status: 'unchanged', size: bytes.byteLength };
    const hints =
      task.content.kind === 'bytes' ? { mediaType: task.content.mediaType, charset: task.content.charset } : {};
    const parsed = await parseDocument({ bytes, name: task.name, limits: task.limits, ...hints });
    const { document: treated, pii } = await treatParsed(parsed, task.name, treatment);
    const { blocks, ...document } = treated;
    const { text, firstLine, title } = document;
    const lineAt = firstLine === null ? null : lineCounter(text, firstLine);
    const chunks = chunkDocument({ ...document, blocks }, task.chunking).map((chunk): ParsedChunk => {
      const { start, end } = chunk.span;
      return {
        ...chunk,
        lines: lineAt && { start: lineAt(start), end: lineAt(end - 1) },
        embedHash: sha256Short(embedText(title, chunk.headingPath, text.slice(start, end))),
      };
    });
    const mentions = encodeMentions(extractByStretches({ text, sections: document.sections, chunks }));
    return { status: 'parsed', size: bytes.byteLength, contentHash, document, chunks, mentions, ...(pii && { pii }) };
  } catch (error) {
    if (error instanceof RagError)
      return { status: 'failed', code: error.code, message: treatMessage(error.message, treatment), hint: error.hint };
    if (error instanceof RangeError && /call stack/i.test(error.message)) {
      return { status: 'failed', code: 'PARSE_FAILED', message: 'It is nested too deeply to be read.' };
    }
    return {
      status: 'failed',
      code: 'PARSE_FAILED',
      message: treatMessage(`It could not be read: ${messageOf(error).slice(0, 300)}`, treatment),
    };
  }
}

/** Regular files only, looked at after opening, so that nothing can be swapped in between. */
async function readContent(content: ItemContent, maxBytes: number): Promise<Uint8Array> {
  if (content.kind === 'bytes') {
    if (content.bytes.byteLength > maxBytes) throw tooLarge(content.bytes.byteLength, maxBytes);
    return content.bytes;
  }
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(content.path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new RagError('SOURCE_FAILED', {
      message: `The file cannot be opened (${(error as NodeJS.ErrnoException).code ?? messageOf(error)}).`,
      hint: 'Check that it is there and that you may read it.',
      cause: error,
    });
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new RagError('SOURCE_REFUSED', { message: 'It is no regular file.' });
    if (stat.size > maxBytes) throw tooLarge(stat.size, maxBytes);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

const tooLarge = (size: number, maxBytes: number): RagError =>
  new RagError('PARSE_TOO_LARGE', {
    message: `It has ${size} bytes; the limit is ${maxBytes}.`,
    hint: 'Raise the limit with --max-file-size.',
  });
