import { isRagError, messageOf, RagError } from '../platform/errors.ts';
import { unpackSingleFile } from './compressed.ts';
import { finishDocument } from './finish-document.ts';
import { parsers } from './registry.ts';
import { type Sniffed, sniffFormat, unsupported } from './sniff.ts';
import type { ParsedDocument, ParseInput, Parser } from './types.ts';

/**
 * Bytes to text and structure: finds the format from the content first, runs its parser and checks what comes out
 * (text in the stored form, spans in range, blocks in order). Throws RagError with a PARSE_ code, whatever the bytes;
 * it cannot bound its own time or memory, so run it where it can be killed.
 */
export async function parseDocument(input: ParseInput): Promise<ParsedDocument> {
  if (input.parser !== undefined) return parseAs({ type: input.parser, warnings: [], looksLike: input.parser }, input);
  const outer = sniffFormat(input, parsers);
  if (outer.type !== 'gzip' && outer.type !== 'lz4') return parseAs(outer, input);
  const unpacked = unpackSingleFile(input, outer.type);
  // One layer only: a file packed ten times over is no document.
  return parseAs(sniffFormat(unpacked, parsers), unpacked);
}

async function parseAs(sniffed: Sniffed, input: ParseInput): Promise<ParsedDocument> {
  const parser = parsers.find(({ type }) => type === sniffed.type);
  if (!parser) throw unsupported(sniffed.looksLike, input.name);
  const parsed = await runParser(parser, input);
  return finishDocument({ ...parsed, warnings: [...sniffed.warnings, ...parsed.warnings] }, input.limits);
}

async function runParser(parser: Parser, input: ParseInput): Promise<ParsedDocument> {
  try {
    return await parser.parse(input);
  } catch (error) {
    if (isRagError(error)) throw error;
    throw new RagError('PARSE_FAILED', {
      message: `Not readable as ${parser.type}: ${messageOf(error).slice(0, 300)}`,
      cause: error,
    });
  }
}
