import { RagError } from '../../platform/errors.ts';
import { addSheetTables, type SheetCells } from '../sheet-table.ts';
import type { StructuredText } from '../structured-text.ts';
import { attribute, type XmlAttributes, type XmlHandlers } from '../xml.ts';
import type { ListStyles } from './list-styles.ts';

// A repeat count is one attribute that may say two thousand million; what people repeat on purpose is far below.
const mostSpaces = 100;
const mostRepeats = 100;
const mostCells = 5_000_000;

const skipped = new Set([
  'tracked-changes',
  'annotation',
  'annotation-end',
  'hidden-text',
  'hidden-paragraph',
  'forms',
  'ruby-text',
  'note-citation',
  'header',
  'footer',
  'date-time',
  'page-number',
  'settings',
  'automatic-styles',
  'font-face-decls',
  'event-listeners',
  'sequence-decls',
  'table-column',
  'shapes',
  'object',
  'linenumbering-configuration',
  'title',
  'desc',
]);

type OpenParagraph = { text: string; headingLevel: number | null };

export type OdfReader = { readonly handlers: XmlHandlers; readonly warnings: string[]; end(): void };

/** Events of an OpenDocument content part to structured text: one reader for texts, sheets and presentations. */
export function odfReader(out: StructuredText, styles: ListStyles): OdfReader {
  const warnings: string[] = [];
  const paragraphs: OpenParagraph[] = [];
  const lists: { style: string; count: number }[] = [];
  const ended = new Map<string, number>();
  const notes: string[] = [];
  let skipDepth = 0;
  let itemPending = false;
  let noteDepth = 0;
  let noteText: string[] = [];
  let slide = 0;
  let titleFrame = false;
  let frameTitle: string[] = [];
  let inNotes = false;
  let tableDepth = 0;
  let sheet: SheetTable | null = null;
  let spreadsheet = false;

  const append = (text: string) => {
    const paragraph = paragraphs.at(-1);
    if (paragraph) paragraph.text += text;
  };

  const emit = ({ text, headingLevel }: OpenParagraph) => {
    if (text.trim() === '') return;
    if (noteDepth > 0) noteText.push(text.trim());
    else if (sheet) sheet.addText(text);
    else if (titleFrame) frameTitle.push(text);
    else if (headingLevel !== null) out.heading(headingLevel, text);
    else if (lists.length > 0) {
      out.listItem(text, lists.length - 1, itemPending ? label() : ' ');
      itemPending = false;
    } else out.paragraph(text);
  };

  const label = (): string =>
    styles.label(
      lists.at(-1)?.style ?? '',
      lists.map(({ count }) => count),
    );

  const lastCount = (attributes: XmlAttributes): number => {
    const style = attribute(attributes, 'style-name') ?? '';
    const goesOn =
      attribute(attributes, 'continue-numbering') === 'true' || attribute(attributes, 'continue-list') !== undefined;
    return lists.length === 0 && goesOn ? (ended.get(style) ?? 0) : 0;
  };

  const open = (name: string, attributes: XmlAttributes): void => {
    switch (name) {
      case 'p':
        paragraphs.push({ text: '', headingLevel: null });
        return;
      case 'h':
        paragraphs.push({ text: '', headingLevel: Number(attribute(attributes, 'outline-level') ?? 1) || 1 });
        return;
      case 's':
        append(' '.repeat(repeatOf(attributes, 'c', mostSpaces)));
        return;
      case 'tab':
        append(' ');
        return;
      case 'line-break':
        append('\n');
        return;
      case 'spreadsheet':
        spreadsheet = true;
        return;
      case 'list':
        lists.push({
          style: attribute(attributes, 'style-name') ?? lists.at(-1)?.style ?? '',
          count: lastCount(attributes),
        });
        return;
      case 'list-item': {
        const list = lists.at(-1);
        const start = Number(attribute(attributes, 'start-value') ?? Number.NaN);
        if (list) list.count = Number.isSafeInteger(start) ? start : list.count + 1;
        itemPending = true;
        return;
      }
      case 'note':
        if (noteDepth++ === 0) noteText = [];
        return;
      case 'frame':
        titleFrame = attribute(attributes, 'class') === 'title' && !inNotes;
        return;
      case 'notes':
        inNotes = true;
        return;
      case 'page':
        out.page(++slide);
        return;
      case 'table':
        if (tableDepth++ === 0) {
          if (spreadsheet) out.heading(1, attribute(attributes, 'name') ?? '');
          sheet = sheetTable(warnings);
        }
        return;
      case 'table-row':
        if (tableDepth === 1) sheet?.beginRow(repeatOf(attributes, 'number-rows-repeated', Number.MAX_SAFE_INTEGER));
        return;
      case 'table-cell':
      case 'covered-table-cell':
        if (tableDepth === 1) sheet?.beginCell(attributes);
        return;
    }
  };

  const close = (name: string): void => {
    switch (name) {
      case 'p':
      case 'h': {
        const paragraph = paragraphs.pop();
        if (paragraph) emit(paragraph);
        return;
      }
      case 'list': {
        const list = lists.pop();
        if (list && lists.length === 0) ended.set(list.style, list.count);
        return;
      }
      case 'list-item':
        itemPending = false;
        return;
      case 'note':
        if (--noteDepth === 0 && noteText.length > 0) {
          notes.push(noteText.join('\n'));
          append(`[^${notes.length}]`);
        }
        return;
      case 'frame':
        if (titleFrame && frameTitle.length > 0) out.heading(2, frameTitle.join(' '));
        titleFrame = false;
        frameTitle = [];
        return;
      case 'notes':
        inNotes = false;
        return;
      case 'table-cell':
      case 'covered-table-cell':
        if (tableDepth === 1) sheet?.endCell();
        return;
      case 'table-row':
        if (tableDepth === 1) sheet?.endRow();
        return;
      case 'table':
        if (--tableDepth === 0 && sheet) {
          const { rows } = sheet;
          sheet = null;
          addSheetTables(out, rows);
        }
        return;
    }
  };

  return {
    warnings,
    handlers: {
      open(name, attributes) {
        if (skipDepth > 0 || skipped.has(name)) skipDepth++;
        else open(name, attributes);
      },
      close(name) {
        if (skipDepth > 0) skipDepth--;
        else close(name);
      },
      text(text) {
        if (skipDepth === 0 && paragraphs.length > 0) append(text.replace(/\s+/g, ' '));
      },
    },
    end() {
      notes.forEach((text, index) => {
        out.paragraph(`[^${index + 1}]: ${text}`);
      });
    },
  };
}

type SheetTable = {
  readonly rows: SheetCells[];
  beginRow(repeat: number): void;
  beginCell(attributes: XmlAttributes): void;
  addText(text: string): void;
  endCell(): void;
  endRow(): void;
};

function sheetTable(warnings: string[]): SheetTable {
  const rows: SheetCells[] = [];
  let row = 0;
  let rowRepeat = 1;
  let column = 0;
  let columnRepeat = 1;
  let value: string | null = null;
  let texts: string[] = [];
  let cells: { column: number; value: string }[] = [];
  let count = 0;
  const clamp = (repeat: number): number => {
    if (repeat <= mostRepeats) return repeat;
    const warning = `Cells or rows that repeat more than ${mostRepeats} times were shortened to that.`;
    if (!warnings.includes(warning)) warnings.push(warning);
    return mostRepeats;
  };
  return {
    rows,
    beginRow(repeat) {
      rowRepeat = repeat;
      column = 0;
      cells = [];
    },
    beginCell(attributes) {
      columnRepeat = repeatOf(attributes, 'number-columns-repeated', Number.MAX_SAFE_INTEGER);
      texts = [];
      value = storedValue(attributes);
    },
    addText(text) {
      texts.push(text);
    },
    endCell() {
      const shown = value ?? texts.join('\n');
      if (shown.trim() !== '')
        for (let repeat = 0; repeat < clamp(columnRepeat); repeat++)
          cells.push({ column: column + repeat, value: shown });
      column += columnRepeat;
    },
    endRow() {
      count += cells.length;
      if (count > mostCells)
        throw new RagError('PARSE_TOO_LARGE', {
          message: `A table of the document has more than ${mostCells} cells.`,
          hint: 'Save the sheet as CSV and split it.',
        });
      if (cells.length > 0)
        for (let repeat = 0; repeat < clamp(rowRepeat); repeat++) rows.push({ row: row + repeat, cells });
      row += rowRepeat;
    },
  };
}

/** Dates, plain numbers and truth values as stored: how they are shown depends on the locale of whoever saved them. */
function storedValue(attributes: XmlAttributes): string | null {
  switch (attribute(attributes, 'value-type')) {
    case 'date':
      return attribute(attributes, 'date-value')?.replace(/T00:00:00$/, '') ?? null;
    case 'float':
      return attribute(attributes, 'value') ?? null;
    case 'boolean':
      return attribute(attributes, 'boolean-value')?.toUpperCase() ?? null;
    default:
      return null;
  }
}

function repeatOf(attributes: XmlAttributes, name: string, most: number): number {
  const count = Number(attribute(attributes, name) ?? 1);
  return Number.isSafeInteger(count) && count > 0 ? Math.min(count, most) : 1;
}
