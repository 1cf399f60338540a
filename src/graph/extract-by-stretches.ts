import type { Section } from '../domain/document.ts';
import { type ExtractionInput, extractMentions } from './extract-mentions.ts';
import type { ChunkMentions } from './types.ts';

/**
 * Characters that are read at once. What is found takes some thirty times the memory of the text until it is packed, so
 * that a log of 30 MB read as a whole filled the worker; a novel has a million characters.
 */
const STRETCH_LENGTH = 2_000_000;

/** As `extractMentions`, for texts of any length: a long one is read by stretches of whole chunks. */
export function extractByStretches(input: ExtractionInput, stretchLength = STRETCH_LENGTH): ChunkMentions[] {
  const { text, sections, chunks } = input;
  if (text.length <= stretchLength) return extractMentions(input);
  const found: ChunkMentions[] = [];
  while (found.length < chunks.length) {
    const { start } = chunks[found.length]!.span;
    let count = 0;
    let end = start;
    for (const { span } of chunks.slice(found.length)) {
      if (count > 0 && span.end - start > stretchLength) break;
      count++;
      end = Math.max(end, span.end);
    }
    const stretch = {
      text: text.slice(start, end),
      sections: sections.filter(({ span }) => span.start >= start && span.start < end).map(movedBy<Section>(-start)),
      chunks: chunks.slice(found.length, found.length + count).map(movedBy(-start)),
    };
    for (const { mentions, relations } of extractMentions(stretch))
      found.push({ mentions: mentions.map(movedBy(start)), relations });
  }
  return found;
}

type WithSpan = { readonly span: { readonly start: number; readonly end: number } };

const movedBy =
  <Item extends WithSpan>(distance: number) =>
  (item: Item): Item => ({
    ...item,
    span: { start: item.span.start + distance, end: item.span.end + distance },
  });
