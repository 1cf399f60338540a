import { chunkDocument } from '../../chunk/chunk-document.ts';
import type { ChunkOptions } from '../../chunk/types.ts';
import { encodeMentions } from '../../graph/encode-mentions.ts';
import { extractByStretches } from '../../graph/extract-by-stretches.ts';
import { parseDocument } from '../../parse/parse-document.ts';
import type { Block, ParsedDocument, ParseLimits } from '../../parse/types.ts';
import { sha256Short } from '../../platform/hash.ts';
import { embedText } from './embed-text.ts';
import { lineCounter } from './line-counter.ts';
import type { ParsedChunk } from './parse-task.ts';

/** A document, as far as cutting it needs it. */
export type StoredText = Pick<ParsedDocument, 'text' | 'title' | 'type' | 'firstLine' | 'sections'>;

export type CutText = { readonly chunks: readonly ParsedChunk[]; readonly mentions: Uint8Array };

/** Passages of a text with their hashes, and the names in them. */
export function cutText(document: StoredText, blocks: readonly Block[], chunking: ChunkOptions): CutText {
  const { text, firstLine, title, sections } = document;
  const lineAt = firstLine === null ? null : lineCounter(text, firstLine);
  const chunks = chunkDocument({ ...document, blocks }, chunking).map((chunk): ParsedChunk => {
    const { start, end } = chunk.span;
    return {
      ...chunk,
      lines: lineAt && { start: lineAt(start), end: lineAt(end - 1) },
      embedHash: sha256Short(embedText(title, chunk.headingPath, text.slice(start, end))),
    };
  });
  return { chunks, mentions: encodeMentions(extractByStretches({ text, sections, chunks })) };
}

/**
 * Cuts a stored text anew. Blocks are not stored: they are found again by parsing the text as its type, or as the Markdown
 * that texts of pages and office documents are stored as; where either changes the text, it is cut by its sections,
 * blank lines and sentences alone.
 */
export async function rechunkStored(
  stored: StoredText,
  { name, limits, chunking }: { readonly name: string; readonly limits: ParseLimits; readonly chunking: ChunkOptions },
): Promise<CutText> {
  const bytes = Buffer.from(stored.text);
  const blocksAs = async (parser: string): Promise<readonly Block[] | null> => {
    try {
      const parsed = await parseDocument({ bytes, name, limits, parser });
      return parsed.text === stored.text ? parsed.blocks : null;
    } catch {
      // A stored text need not be what its parser reads: that of a PDF is no PDF.
      return null;
    }
  };
  const blocks = (await blocksAs(stored.type)) ?? (await blocksAs('md')) ?? [];
  return cutText(stored, blocks, chunking);
}
