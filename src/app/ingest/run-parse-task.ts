import { performance } from 'node:perf_hooks';
import { containerKind } from '../../parse/container/container-kind.ts';
import { shapeExport } from '../../parse/exports/shape-export.ts';
import { parseDocument } from '../../parse/parse-document.ts';
import type { ParsedDocument } from '../../parse/types.ts';
import { messageOf, RagError } from '../../platform/errors.ts';
import { contentHashOf } from '../../privacy/content-hash.ts';
import type { ItemContent } from '../../source/types.ts';
import type { ParseReply, ParseResult, ParseTask, StoredDocumentText } from './parse-task.ts';
import { hintsOf, readContent } from './read-content.ts';
import { readingOf } from './reading-of.ts';
import { cutText, rechunkStored } from './rechunk-stored.ts';
import { understandParsed } from './understand-parsed.ts';

/** Reads, hashes, parses and chunks one item. Never throws: every failure is a reply with its reason. */
export async function runParseTask(task: ParseTask): Promise<ParseReply> {
  const started = performance.now();
  const result = await withTreatedMessage(await parse(task), task);
  return { ...result, elapsedMs: performance.now() - started };
}

async function parse(task: ParseTask): Promise<ParseResult> {
  const { treatment = null } = task;
  try {
    if (task.stored) return await recut(task, task.stored);
    const { bytes, isWhole } = await readContent(task.content, task);
    const container = task.opensContainers ? containerKind(bytes, task.name, isWhole) : null;
    if (container) return { status: 'container', holds: container };
    const contentHash = contentHashOf(bytes, treatment);
    if (contentHash === task.knownHash) return { status: 'unchanged', size: bytes.byteLength };
    const { recognized, converted, limits, parser } = task;
    const parsed = await parseDocument(
      converted
        ? { ...converted, limits }
        : { ...(await shaper(task)(bytes)), limits, parser, recognized, ...hintsOf(task.content) },
    );
    const { document: treated, pii } = treatment
      ? (await import('./treat-parsed.ts')).treatParsed(parsed, task.name, treatment)
      : { document: parsed };
    const { blocks, ...cleared } = treated;
    const size = bytes.byteLength;
    const { document, understood } = await understandParsed(cleared, { name: task.name, bytes: size });
    const { chunks, mentions } = cutText(document, blocks, task.chunking);
    const holds = task.opensContainers && hasAttachments(parsed) ? ('mail' as const) : undefined;
    return { status: 'parsed', size, contentHash, document, understood, chunks, mentions, holds, ...(pii && { pii }) };
  } catch (error) {
    if (error instanceof RagError)
      return {
        status: 'failed',
        code: error.code,
        message: error.message,
        hint: error.hint,
        picturePages: error.details.picturePages as readonly number[] | undefined,
      };
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

async function recut(task: ParseTask, stored: StoredDocumentText): Promise<ParseResult> {
  const { contentHash, size, ...text } = stored;
  const { document, understood } = await understandParsed(text, { name: task.name, bytes: size });
  return { status: 'parsed', size, contentHash, document, understood, ...(await rechunkStored(document, task)) };
}

const hasAttachments = ({ type, metadata }: Pick<ParsedDocument, 'type' | 'metadata'>): boolean =>
  type === 'eml' && Array.isArray(metadata.attachments) && metadata.attachments.length > 0;

/** What another program's export is made of is read as what it is there. */
function shaper({ content, name, maxBytes, opensContainers }: ParseTask) {
  const as = opensContainers ? readingOf(content) : null;
  return async (bytes: Uint8Array) => {
    if (as === null) return { bytes, name };
    const read = async (other: ItemContent) =>
      (await readContent(other, { maxBytes, name, opensContainers: false })).bytes;
    return await shapeExport(bytes, { as, name, read });
  };
}
