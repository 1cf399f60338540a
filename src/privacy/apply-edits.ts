import type { Span } from '../domain/span.ts';
import type { ParsedDocument } from '../parse/types.ts';
import { editText, type TextEdit } from './edits.ts';

/**
 * The document with parts of its text replaced: sections and blocks move along, and those of which nothing is left go.
 * Edits are in order and disjoint; line k of the text stays line k. Names in titles and metadata are not touched.
 */
export function applyEdits(document: ParsedDocument, edits: readonly TextEdit[]): ParsedDocument {
  if (edits.length === 0) return document;
  const { text, moved } = editText(document.text, edits);
  const move = ({ start, end }: Span): Span => ({ start: moved(start), end: moved(end) });
  const isThere = ({ span }: { readonly span: Span }): boolean => span.start < span.end;
  return {
    ...document,
    text,
    sections: document.sections.map((section) => ({ ...section, span: move(section.span) })).filter(isThere),
    blocks: document.blocks
      .map(({ header, ...block }) => {
        const span = move(block.span);
        const above = header && move(header);
        return above && above.start < above.end ? { ...block, span, header: above } : { ...block, span };
      })
      .filter(isThere),
  };
}
