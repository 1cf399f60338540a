import type { Section } from '../domain/document.ts';
import type { Span } from '../domain/span.ts';
import { formulaOf } from './html-math.ts';
import { dataTable } from './html-table.ts';
import { type HeadingStart, headingSections } from './markdown-structure.ts';
import { normalizeText } from './normalize-text.ts';
import type { Block } from './types.ts';

export type RenderedHtml = {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
};

type Piece = {
  kind: Block['kind'];
  text: string;
  level: number /** No blank line before it. */;
  tight: boolean;
  row: number;
};
type List = { ordered: boolean; next: number };

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const SKIPPED = words(
  'SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME OBJECT EMBED SVG CANVAS AUDIO VIDEO MAP HEAD TITLE NOFRAMES BUTTON SELECT INPUT TEXTAREA DATALIST METER PROGRESS DIALOG RP RT LINK META BASE',
);
const BLOCK = words(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIR DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR HTML LEGEND LI MAIN MENU NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL CAPTION FRAMESET',
);

/**
 * The visible text below an element as Markdown (headings, lists, quotes, code, pipe tables; links as their words,
 * since addresses are noise in an index), with its blocks. Scripts, forms' controls and hidden elements are left out.
 * Recursive: check the depth of the source first (`whyNoDom`).
 */
export function renderHtml(root: Element): RenderedHtml {
  const pieces: Piece[] = [];
  const lists: List[] = [];
  let inline = '';
  let quotes = 0;
  let level = 0;
  let marker = '';
  let tables = 0;

  const push = (piece: Omit<Piece, 'tight' | 'row'> & Partial<Piece>): void => {
    const prefix = quotes > 0 ? '> '.repeat(Math.min(quotes, 5)) : '';
    const text = prefix
      ? piece.text.replace(/^/gm, prefix).replace(/^((?:> )+)$/gm, (mark) => mark.trimEnd())
      : piece.text;
    pieces.push({ tight: false, row: 0, ...piece, text });
  };
  const flush = (): void => {
    const text = inline
      .replace(/[ \t\f\r]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/\n{2,}/g, '\n')
      .trim();
    inline = '';
    if (text === '') return;
    if (level > 0) {
      push({ kind: 'heading', text: `${'#'.repeat(level)} ${text.replaceAll('\n', ' ')}`, level });
    } else if (lists.length > 0) {
      const indent = '  '.repeat(Math.min(lists.length - 1, 10));
      const first = marker === '' ? `${indent}  ` : `${indent}${marker}`;
      push({ kind: 'list-item', text: first + text.replaceAll('\n', `\n${indent}  `), level: 0, tight: marker !== '' });
      marker = '';
    } else push({ kind: quotes > 0 ? 'quote' : 'paragraph', text, level: 0 });
  };

  const visitChildren = (element: Element): void => {
    for (let child = element.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === 3) inline += (child.nodeValue ?? '').replace(/[\s\u00a0]+/g, ' ');
      else if (child.nodeType === 1) visit(child as Element);
    }
  };

  const visit = (element: Element): void => {
    const name = element.tagName.toUpperCase();
    if (name === 'MATH' || name === 'IMG' || name === 'SCRIPT') {
      const formula = formulaOf(element);
      if (formula !== null) inline += ` ${formula} `;
      return;
    }
    if (SKIPPED.has(name)) {
      if (name === 'SVG') inline += ` ${svgTitle(element)} `;
      return;
    }
    if (isHidden(element)) return;
    switch (name) {
      case 'BR':
        inline += '\n';
        return;
      case 'HR':
        flush();
        return;
      case 'PRE': {
        flush();
        const code = preText(element).replace(/^\n+|\s+$/g, '');
        if (code !== '') push({ kind: 'code', text: `\`\`\`\n${code}\n\`\`\``, level: 0 });
        return;
      }
      case 'H1':
      case 'H2':
      case 'H3':
      case 'H4':
      case 'H5':
      case 'H6': {
        flush();
        const outer = level;
        level = element.hasAttribute(MAIN_HEADING) ? 1 : Number(name[1]);
        visitChildren(element);
        flush();
        level = outer;
        return;
      }
      case 'UL':
      case 'OL':
      case 'MENU': {
        flush();
        const start = Number(element.getAttribute('start') ?? 1);
        const outerMarker = marker;
        marker = '';
        lists.push({ ordered: name === 'OL', next: Number.isSafeInteger(start) ? start : 1 });
        visitChildren(element);
        flush();
        lists.pop();
        marker = outerMarker;
        return;
      }
      case 'LI': {
        flush();
        const list = lists.at(-1);
        marker = list?.ordered ? `${list.next++}. ` : '- ';
        visitChildren(element);
        flush();
        marker = '';
        return;
      }
      case 'BLOCKQUOTE':
        flush();
        quotes++;
        visitChildren(element);
        flush();
        quotes--;
        return;
      case 'TABLE': {
        flush();
        const rows = level === 0 ? dataTable(element) : null;
        if (!rows) {
          visitChildren(element);
          flush();
          return;
        }
        tables++;
        for (const [index, text] of rows.entries())
          push({ kind: 'table-row', text, level: 0, tight: index > 0, row: tables });
        return;
      }
      default:
        if (!BLOCK.has(name)) {
          const code = name === 'CODE' || name === 'KBD' || name === 'SAMP';
          if (code) inline += '`';
          visitChildren(element);
          if (code) inline = inline.endsWith('`') ? inline.slice(0, -1) : `${inline}\``;
          return;
        }
        flush();
        visitChildren(element);
        flush();
    }
  };

  visit(root);
  flush();
  return assemble(pieces);
}

function assemble(pieces: readonly Piece[]): RenderedHtml {
  const parts: string[] = [];
  const blocks: Block[] = [];
  const headings: HeadingStart[] = [];
  let length = 0;
  let headerRow = 0;
  let header: Span | undefined;
  for (const piece of pieces) {
    const text = normalizeText(piece.text);
    const last = blocks.at(-1);
    const gap = last ? (piece.tight && last.kind === piece.kind ? '\n' : '\n\n') : '';
    const span = { start: length + gap.length, end: length + gap.length + text.length };
    parts.push(gap, text);
    length = span.end;
    if (piece.row > 0 && piece.row === headerRow) blocks.push({ kind: piece.kind, span, header });
    else blocks.push({ kind: piece.kind, span });
    if (piece.row !== headerRow) {
      headerRow = piece.row;
      header = span;
    }
    if (piece.level > 0) headings.push({ level: piece.level, start: span.start, title: text.replace(/^#+ /, '') });
  }
  return { text: parts.join(''), blocks, sections: headingSections(headings, length) };
}

const MAIN_HEADING = 'data-rag-main-heading';

/** Readability turns `<h1>` into `<h2>`; the mark that this leaves lets `renderHtml` turn them back. */
export function markMainHeadings(body: Element): void {
  for (const heading of Array.from(body.querySelectorAll('h1'))) heading.setAttribute(MAIN_HEADING, '');
}

/** What a reader would not see: `hidden`, `aria-hidden`, or a style that says so. */
export function isHidden(element: Element): boolean {
  if (element.hasAttribute('hidden')) return element.getAttribute('hidden') !== 'until-found';
  if (element.getAttribute('aria-hidden') === 'true') return true;
  const style = element.getAttribute('style');
  return style !== null && /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style.slice(0, 2_000));
}

function svgTitle(element: Element): string {
  const first = element.firstElementChild;
  return first?.tagName.toUpperCase() === 'TITLE' ? (first.textContent ?? '').slice(0, 300) : '';
}

/** Text of preformatted code, where `<br>` and block elements (one per line in many highlighters) break lines. */
function preText(element: Element): string {
  let text = '';
  const visit = (parent: Element): void => {
    for (let child = parent.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === 3) text += child.nodeValue ?? '';
      else if (child.nodeType === 1) {
        const name = (child as Element).tagName.toUpperCase();
        if (SKIPPED.has(name)) continue;
        if (name === 'BR') text += '\n';
        else {
          const block = BLOCK.has(name);
          if (block && text !== '' && !text.endsWith('\n')) text += '\n';
          visit(child as Element);
          if (block && !text.endsWith('\n')) text += '\n';
        }
      }
    }
  };
  visit(element);
  return text;
}
