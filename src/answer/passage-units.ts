import type { Hit } from '../domain/search.ts';
import type { Span } from '../domain/span.ts';
import { hasMarkup, withoutMarkup } from '../domain/without-markup.ts';
import { jsonUnits } from './json-units.ts';
import { type Sentence, type SentenceKind, splitSentences } from './split-sentences.ts';
import { cellsOf, isTableHeader, tableHeaderAbove } from './table-header.ts';
import { markTitleLines } from './title-lines.ts';

/** Something of a passage that can be quoted on its own. */
export type Unit = {
  readonly kind: SentenceKind;
  /** In the document. */
  readonly span: Span;
  /** Verbatim, `text === document.text.slice(span.start, span.end)`. */
  readonly text: string;
  /**
   * What people read: on one line, without the marks of Markdown, a table row with its column names, a list item with the
   * line that leads to it.
   */
  readonly shown: string;
  /** Words around the unit that say what it is about: the lead-in of a list, the header of a table. */
  readonly context: string;
  /** The nearest heading above the unit within the passage, '' when there is none. */
  readonly heading: string;
  readonly block: number;
  /** 0 for the first unit of the passage. */
  readonly position: number;
};

/** Longer passages come from nowhere: chunks are bounded. It keeps a hostile store from costing more. */
const MAX_PASSAGE_LENGTH = 20_000;

/**
 * The units of a hit, in order. `documentText` gives what stands above the chunk, for the header of a table that began
 * there; null where it is not known.
 */
export function passageUnits(hit: Pick<Hit, 'chunk' | 'document'>, documentText: string | null): Unit[] {
  const { chunk, document } = hit;
  const text = chunk.text.slice(0, MAX_PASSAGE_LENGTH);
  if (document.type === 'json') {
    const members = jsonUnits(text, chunk.span);
    if (members.length > 0) return members;
  }
  const layout = document.type === 'csv' ? 'lines' : document.type === 'code' ? 'code' : 'prose';
  const sentences = markTitleLines(splitSentences(text, { layout }), text);
  const plain = hasMarkup(document.type) ? withoutMarkup : (own: string) => own;
  let heading = '';
  return sentences.map((sentence, position) => {
    const own = text.slice(sentence.span.start, sentence.span.end);
    if (sentence.kind === 'heading') heading = oneLine(own);
    const { shown, context } = describe({ sentence, own, text, sentences, position, hit, documentText });
    const namesColumns = isTableHeader(text, sentence) || (layout === 'lines' && isNameLine(text, sentences, position));
    return {
      kind: namesColumns ? 'heading' : sentence.kind,
      span: { start: chunk.span.start + sentence.span.start, end: chunk.span.start + sentence.span.end },
      text: own,
      shown: sentence.kind === 'code' ? shown : plain(shown),
      context,
      heading: sentence.kind === 'heading' ? '' : heading,
      block: sentence.block,
      position,
    };
  });
}

/** The first line of a table file, whose other lines repeat its names: `name: Ada; role: analyst`. */
const isNameLine = (text: string, sentences: readonly Sentence[], position: number): boolean =>
  position === 0 && !holdsNames(text, sentences[0]) && holdsNames(text, sentences[1]);

const holdsNames = (text: string, sentence: Sentence | undefined): boolean =>
  sentence !== undefined && text.slice(sentence.span.start, sentence.span.end).includes(': ');

type Described = { shown: string; context: string };

function describe(parts: {
  sentence: Sentence;
  own: string;
  text: string;
  sentences: readonly Sentence[];
  position: number;
  hit: Pick<Hit, 'chunk' | 'document'>;
  documentText: string | null;
}): Described {
  const { sentence, own, text, sentences, position, hit, documentText } = parts;
  if (sentence.kind === 'table-row') {
    const above = documentText?.startsWith(text.slice(0, 200), hit.chunk.span.start) ? documentText : null;
    const header = above
      ? tableHeaderAbove(above, hit.chunk.span.start + sentence.span.start)
      : tableHeaderAbove(text, sentence.span.start);
    return header
      ? { shown: rowWithHeader(header, own), context: header.join(' ') }
      : { shown: oneLine(own), context: '' };
  }
  if (sentence.kind === 'list-item') {
    const leadIn = leadInOf(text, sentences, position);
    return leadIn ? { shown: `${leadIn} ${oneLine(own)}`, context: leadIn } : { shown: oneLine(own), context: '' };
  }
  return { shown: sentence.kind === 'code' ? own : oneLine(own), context: '' };
}

const oneLine = (text: string): string =>
  text
    .replace(/\n\s*(?:>\s?)*/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();

/** "Role: CTO; Since: 2019". Cells without a name or a value are left out. */
function rowWithHeader(header: readonly string[], row: string): string {
  const cells = cellsOf(row);
  const named = cells.map((cell, index) => (header[index] && cell ? `${header[index]}: ${cell}` : cell));
  return named.filter((cell) => cell !== '').join('; ');
}

/** The line before the first item of the list, when it ends with a colon and is short enough to repeat. */
function leadInOf(text: string, sentences: readonly Sentence[], position: number): string | null {
  let at = position;
  while (at >= 0 && sentences[at]?.kind === 'list-item') at--;
  const lead = sentences[at];
  if (lead?.kind !== 'sentence') return null;
  const own = oneLine(text.slice(lead.span.start, lead.span.end));
  return /[:：]$/.test(own) && own.length <= 160 ? own : null;
}
