import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { chunkDocument } from '../../chunk/chunk-document.ts';
import { encodeMentions } from '../../graph/encode-mentions.ts';
import { extractByStretches } from '../../graph/extract-by-stretches.ts';
import { CONTAINER_HEAD_BYTES, containerKind } from '../../parse/container/container-kind.ts';
import { readMember } from '../../parse/container/read-member.ts';
import { parseDocument } from '../../parse/parse-document.ts';
import type { ParsedDocument, ParseInput } from '../../parse/types.ts';
import { messageOf, RagError } from '../../platform/errors.ts';
import { sha256Short } from '../../platform/hash.ts';
import { contentHashOf } from '../../privacy/content-hash.ts';
import type { ItemContent } from '../../source/types.ts';
import { embedText } from './embed-text.ts';
import { lineCounter } from './line-counter.ts';
import type { ParsedChunk, ParseReply, ParseResult, ParseTask } from './parse-task.ts';

/** Reads, hashes, parses and chunks one item. Never throws: every failure is a reply with its reason. */
export async function runParseTask(task: ParseTask): Promise<ParseReply> {
  const started = performance.now();
  const result = await withTreatedMessage(await parse(task), task);
  return { ...result, elapsedMs: performance.now() - started };
}

async function parse(task: ParseTask): Promise<ParseResult> {
  const { treatment = null } = task;
  try {
    const { bytes, isWhole } = await readContent(task.content, task);
    const container = task.opensContainers ? containerKind(bytes, task.name, isWhole) : null;
    if (container) return { status: 'container', holds: container };
    const contentHash = contentHashOf(bytes, treatment);
    if (contentHash === task.knownHash) return { status: 'unchanged', size: bytes.byteLength };
    const hints = hintsOf(task.content);
    const parsed = await parseDocument({ bytes, name: task.name, limits: task.limits, ...hints });
    const { document: treated, pii } = treatment
      ? (await import('./treat-parsed.ts')).treatParsed(parsed, task.name, treatment)
      : { document: parsed };
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
    const holds = task.opensContainers && hasAttachments(parsed) ? ('mail' as const) : undefined;
    const size = bytes.byteLength;
    return { status: 'parsed', size, contentHash, document, chunks, mentions, holds, ...(pii && { pii }) };
  } catch (error) {
    if (error instanceof RagError)
      return { status: 'failed', code: error.code, message: error.message, hint: error.hint };
    if (error instanceof RangeError && /call stack/i.test(error.message)) {
      return { status: 'failed', code: 'PARSE_FAILED', message: 'It is nested too deeply to be read.' };
    }
    return {
      status: 'failed',
      code: 'PARSE_FAILED',
      message: `It could not be read: ${messageOf(error).slice(0, 300)}`,
    };
  }
}

/** What a parser says of a file may quote it. */
async function withTreatedMessage(result: ParseResult, { treatment }: ParseTask): Promise<ParseResult> {
  if (result.status !== 'failed' || !treatment) return result;
  const { treatMessage } = await import('./treat-parsed.ts');
  return { ...result, message: treatMessage(result.message, treatment) };
}

type Content = { readonly bytes: Uint8Array; readonly isWhole: boolean };

/**
 * Regular files only, looked at after opening, so that nothing can be swapped in between. Of one that is too large for a
 * document, and may be a container, the beginning.
 */
async function readContent(content: ItemContent, { maxBytes, name, opensContainers }: ParseTask): Promise<Content> {
  if (content.kind === 'member') return { bytes: readMember(content, maxBytes), isWhole: true };
  if (content.kind === 'bytes') {
    if (content.bytes.byteLength > maxBytes) throw tooLarge(content.bytes.byteLength, maxBytes);
    return { bytes: content.bytes, isWhole: true };
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
    if (stat.size <= maxBytes) return { bytes: await file.readFile(), isWhole: true };
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(CONTAINER_HEAD_BYTES), position: 0 });
    const bytes = buffer.subarray(0, bytesRead);
    if (opensContainers && containerKind(bytes, name, false)) return { bytes, isWhole: false };
    throw tooLarge(stat.size, maxBytes);
  } finally {
    await file.close();
  }
}

function hintsOf(content: ItemContent): Pick<ParseInput, 'mediaType' | 'charset' | 'leaveOut'> {
  if (content.kind === 'file') return {};
  const { mediaType } = content;
  return content.kind === 'bytes' ? { mediaType, charset: content.charset, leaveOut: content.leaveOut } : { mediaType };
}

const hasAttachments = ({ type, metadata }: Pick<ParsedDocument, 'type' | 'metadata'>): boolean =>
  type === 'eml' && Array.isArray(metadata.attachments) && metadata.attachments.length > 0;

const tooLarge = (size: number, maxBytes: number): RagError =>
  new RagError('PARSE_TOO_LARGE', {
    message: `It has ${size} bytes; the limit is ${maxBytes}.`,
    hint: 'Raise the limit with --max-file-size.',
  });
