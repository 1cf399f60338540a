import type { Section } from '../domain/document.ts';
import type { Span } from '../domain/span.ts';
import { RagError } from '../platform/errors.ts';
import { isPlainlyNfc, replaceUnstorable } from './normalize-text.ts';
import type { Block, ParsedDocument, ParseLimits } from './types.ts';

/** Longer titles are a paragraph that was marked up as one. */
const MAX_TITLE_LENGTH = 500;

/**
 * The last check of what a parser made: text in the stored form, spans inside the text, blocks in order and disjoint,
 * sections in order. Mends what it can; throws PARSE_NO_TEXT when nothing but white space is left and PARSE_TOO_LARGE
 * past `limits.maxTextLength`.
 */
export function finishDocument(parsed: ParsedDocument, limits: ParseLimits): ParsedDocument {
  if (parsed.text.length > limits.maxTextLength) {
    throw new RagError('PARSE_TOO_LARGE', {
      message: `${parsed.text.length} characters of text; the limit is ${limits.maxTextLength}.`,
      hint: 'Split the file, or raise the limit.',
    });
  }
  const normal = toNormalForm(parsed);
  const text = replaceUnstorable(normal.text);
  if (text.trim() === '') {
    throw new RagError('PARSE_NO_TEXT', { message: 'No text: nothing but white space.' });
  }
  const title = parsed.title?.replace(/\s+/g, ' ').trim().slice(0, MAX_TITLE_LENGTH);
  return {
    ...normal,
    text,
    title: title ? replaceUnstorable(title).normalize('NFC') : null,
    sections: inOrder(normal.sections, text.length),
    blocks: disjoint(normal.blocks, text.length),
    warnings: hasWord(text) ? parsed.warnings : [...parsed.warnings, 'No words: nothing but punctuation.'],
  };
}

const hasWord = (text: string): boolean => /[\p{L}\p{N}\p{So}\p{Sc}]/u.test(text);

const within = (span: Span, length: number): boolean => span.start >= 0 && span.start < span.end && span.end <= length;

function inOrder(sections: readonly Section[], length: number): readonly Section[] {
  const kept = sections.filter(({ span }) => within(span, length));
  return kept.every((section, index) => index === 0 || kept[index - 1]!.span.start <= section.span.start)
    ? kept
    : kept.sort((a, b) => a.span.start - b.span.start);
}

function disjoint(blocks: readonly Block[], length: number): Block[] {
  let end = 0;
  const kept: Block[] = [];
  for (const block of [...blocks].sort((a, b) => a.span.start - b.span.start)) {
    if (!within(block.span, length) || block.span.start < end) continue;
    end = block.span.end;
    const header = block.header && within(block.header, length) ? block.header : undefined;
    kept.push(header ? { kind: block.kind, span: block.span, header } : { kind: block.kind, span: block.span });
  }
  return kept;
}

/** NFC and "\n" line ends, should a parser have missed them: the text is changed between span ends, which move along. */
function toNormalForm(parsed: ParsedDocument): ParsedDocument {
  const { text } = parsed;
  if (!text.includes('\r') && (isPlainlyNfc(text) || text.normalize('NFC') === text)) return parsed;
  const ends = new Set<number>([0, text.length]);
  for (const { span } of [...parsed.sections, ...parsed.blocks]) ends.add(span.start).add(span.end);
  for (const { header } of parsed.blocks) if (header) ends.add(header.start).add(header.end);
  const sorted = [...ends].filter((end) => end >= 0 && end <= text.length).sort((a, b) => a - b);
  const moved = new Map<number, number>([[0, 0]]);
  let result = '';
  sorted.forEach((end, index) => {
    if (index === 0) return;
    result += text
      .slice(sorted[index - 1]!, end)
      .replace(/\r\n?/g, '\n')
      .normalize('NFC');
    moved.set(end, result.length);
  });
  const move = ({ start, end }: Span): Span => ({ start: moved.get(start) ?? -1, end: moved.get(end) ?? -1 });
  return {
    ...parsed,
    text: result,
    sections: parsed.sections.map((section) => ({ ...section, span: move(section.span) })),
    blocks: parsed.blocks.map((block) => ({
      ...block,
      span: move(block.span),
      ...(block.header ? { header: move(block.header) } : {}),
    })),
  };
}
