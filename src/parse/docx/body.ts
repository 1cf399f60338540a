import { isOn } from '../office/package.ts';
import { attribute, type XmlAttributes, type XmlHandlers } from '../xml.ts';

export type DocxParagraph = {
  text: string;
  styleId: string | null;
  /** Of the paragraph itself, not of its style. */
  numId: string | null;
  ilvl: number | null;
  outline: number | null;
};

/** What a WordprocessingML part holds, in reading order. */
export type BodySink = {
  paragraph(paragraph: DocxParagraph): void;
  /** Only of outer tables; what nested tables hold is text of the cell around them. */
  row(cells: readonly DocxParagraph[][], startsTable: boolean): void;
  /** Marker to put into the text. */
  note(kind: 'footnote' | 'endnote', id: string): string;
  isHiddenStyle(styleId: string): boolean;
};

// Deleted and moved text, field codes, phonetic guides, and the older drawing of what a Choice has drawn already.
const skipped = new Set([
  'del',
  'moveFrom',
  'delText',
  'delInstrText',
  'instrText',
  'rt',
  'Fallback',
  'pPrChange',
  'rPrChange',
  'numberingChange',
  'sectPr',
]);

/** Whether the alternative text of a picture says anything: file names and addresses do not. */
const describes = (text: string | undefined): text is string =>
  text !== undefined && /\p{L}{2}/u.test(text) && !/\.\w{3,4}$|^\w+:\/\//.test(text.trim());

/**
 * Events of a WordprocessingML part to paragraphs and table rows. Content controls are read through, text boxes
 * come right after the paragraph that they hang on, hidden text and placeholders are dropped. Nesting costs no stack.
 */
export function bodyHandlers(sink: BodySink): XmlHandlers {
  const open: DocxParagraph[] = [];
  let boxes: DocxParagraph[] = [];
  const controls: boolean[] = [];
  let skipDepth = 0;
  let tableDepth = 0;
  let cells: DocxParagraph[][] = [];
  let firstRow = true;
  let inText = false;
  let inRun = false;
  let inParagraphMark = false;
  let hiddenRun = false;

  // A control whose placeholder shows holds prompts ("Click here to enter text"), told apart by their style.
  const isHiddenRunStyle = (styleId: string) =>
    sink.isHiddenStyle(styleId) || (controls.includes(true) && /^placeholdertext$/i.test(styleId));
  const append = (text: string) => {
    const paragraph = open.at(-1);
    if (paragraph && !(inRun && hiddenRun)) paragraph.text += text;
  };
  const emit = (paragraph: DocxParagraph) => {
    if (tableDepth > 0) cells.at(-1)?.push(paragraph);
    else sink.paragraph(paragraph);
  };

  const opened = (name: string, attributes: XmlAttributes): void => {
    const current = open.at(-1);
    switch (name) {
      case 'p':
        open.push({ text: '', styleId: null, numId: null, ilvl: null, outline: null });
        return;
      case 'r':
        inRun = true;
        hiddenRun = false;
        return;
      case 't':
        inText = true;
        return;
      case 'tab':
        if (!inParagraphMark) append(' ');
        return;
      case 'ptab':
        append(' ');
        return;
      case 'br':
      case 'cr':
        append('\n');
        return;
      case 'noBreakHyphen':
        append('-');
        return;
      case 'pPr':
        inParagraphMark = true;
        return;
      case 'pStyle':
        if (current) current.styleId = attribute(attributes, 'val') ?? null;
        return;
      case 'numId':
        if (current && inParagraphMark) current.numId = attribute(attributes, 'val') ?? null;
        return;
      case 'ilvl':
        if (current && inParagraphMark) current.ilvl = Number(attribute(attributes, 'val') ?? 0);
        return;
      case 'outlineLvl':
        if (current) current.outline = Number(attribute(attributes, 'val') ?? 9);
        return;
      case 'vanish':
        if (inRun && !inParagraphMark) hiddenRun = isOn(attributes);
        return;
      case 'rStyle':
        if (inRun && isHiddenRunStyle(attribute(attributes, 'val') ?? '')) hiddenRun = true;
        return;
      case 'docPr':
        if (describes(attributes.descr)) append(` ${attributes.descr} `);
        return;
      case 'footnoteReference':
        append(sink.note('footnote', attribute(attributes, 'id') ?? ''));
        return;
      case 'endnoteReference':
        append(sink.note('endnote', attribute(attributes, 'id') ?? ''));
        return;
      case 'sdt':
        controls.push(false);
        return;
      case 'showingPlcHdr':
        if (controls.length > 0 && isOn(attributes)) controls[controls.length - 1] = true;
        return;
      case 'tbl':
        if (tableDepth++ === 0) firstRow = true;
        return;
      case 'tr':
        if (tableDepth === 1) cells = [];
        return;
      case 'tc':
        if (tableDepth === 1) cells.push([]);
        return;
      case 'gridSpan': {
        const span = Number(attribute(attributes, 'val') ?? 1);
        // Word has at most 63 columns.
        if (tableDepth === 1)
          for (let extra = 1; extra < Math.min(span, 63) && cells.length < 63; extra++) cells.splice(-1, 0, []);
        return;
      }
    }
  };

  const closed = (name: string): void => {
    switch (name) {
      case 'p': {
        const done = open.pop();
        if (!done) return;
        if (open.length > 0) {
          boxes.push(done);
          return;
        }
        emit(done);
        for (const box of boxes) emit(box);
        boxes = [];
        return;
      }
      case 'r':
        inRun = false;
        return;
      case 't':
        inText = false;
        return;
      case 'pPr':
        inParagraphMark = false;
        return;
      case 'sdt':
        controls.pop();
        return;
      case 'tr':
        if (tableDepth === 1) {
          sink.row(cells, firstRow);
          firstRow = false;
          cells = [];
        }
        return;
      case 'tbl':
        tableDepth--;
        return;
    }
  };

  return {
    open(name, attributes) {
      if (skipDepth > 0 || (skipped.has(name) && !inParagraphMark) || (inParagraphMark && name.endsWith('Change')))
        skipDepth++;
      else opened(name, attributes);
    },
    close(name) {
      if (skipDepth > 0) skipDepth--;
      else closed(name);
    },
    text(text) {
      if (inText && skipDepth === 0) append(text);
    },
  };
}
