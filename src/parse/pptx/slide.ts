import { attribute, prefixedAttribute, readXml } from '../xml.ts';

/** Text of one slide or notes page, by shape in drawing order. */
export type Slide = {
  readonly title: string;
  readonly items: readonly SlideItem[];
  /** Text of the footer placeholder, which most slides repeat. */
  readonly footers: readonly string[];
  /** Ids of the charts and diagrams that the slide shows. */
  readonly graphics: readonly string[];
};

export type SlideItem =
  | { readonly kind: 'text'; readonly text: string; readonly depth: number; readonly bullet: boolean }
  | { readonly kind: 'row'; readonly cells: readonly string[]; readonly startsTable: boolean };

// Slide numbers and dates say nothing about the slide.
const decorations = new Set(['sldNum', 'dt', 'hdr', 'sldImg']);

/** Read a slide; `only` limits it to placeholders of one type (the body of a notes page). */
export function readSlide(bytes: Uint8Array, part: string, only?: string): Slide {
  const titles: string[] = [];
  const items: SlideItem[] = [];
  const footers: string[] = [];
  const graphics: string[] = [];
  let placeholder: string | null = null;
  let inShape = false;
  let skipDepth = 0;
  let paragraph: { text: string; depth: number; bullet: boolean } | null = null;
  let inText = false;
  let cells: string[] | null = null;
  let firstRow = true;
  let bodyBullets = false;
  readXml(bytes, part, {
    open(name, attributes) {
      if (
        skipDepth > 0 ||
        name === 'Fallback' ||
        (name === 'fld' && /^(?:slidenum|datetime)/.test(attributes.type ?? ''))
      ) {
        skipDepth++;
        return;
      }
      if (name === 'sp') {
        inShape = true;
        placeholder = null;
        bodyBullets = false;
      } else if (name === 'ph') {
        placeholder = attributes.type ?? 'body';
        bodyBullets = placeholder === 'body' || placeholder === 'obj';
      } else if (name === 'p') paragraph = { text: '', depth: 0, bullet: bodyBullets };
      else if (name === 'pPr' && paragraph) paragraph.depth = Math.min(8, Number(attributes.lvl ?? 0) || 0);
      else if (name === 'buNone' && paragraph) paragraph.bullet = false;
      else if ((name === 'buChar' || name === 'buAutoNum') && paragraph) paragraph.bullet = true;
      else if (name === 't') inText = true;
      else if (name === 'br' && paragraph) paragraph.text += '\n';
      else if (name === 'tab' && paragraph) paragraph.text += ' ';
      else if (name === 'tbl') firstRow = true;
      else if (name === 'tr') cells = [];
      else if (name === 'tc') cells?.push('');
      else if (name === 'chart') graphics.push(prefixedAttribute(attributes, 'id') ?? '');
      else if (name === 'relIds') graphics.push(attribute(attributes, 'dm') ?? '');
    },
    close(name) {
      if (skipDepth > 0) {
        skipDepth--;
        return;
      }
      if (name === 't') inText = false;
      else if (name === 'sp') inShape = false;
      else if (name === 'tr' && cells) {
        if (only === undefined) items.push({ kind: 'row', cells, startsTable: firstRow });
        firstRow = false;
        cells = null;
      } else if (name === 'p' && paragraph) {
        const { text, depth, bullet } = paragraph;
        paragraph = null;
        if (cells) {
          if (cells.length > 0) cells[cells.length - 1] += ` ${text}`;
          return;
        }
        const type = inShape ? placeholder : null;
        if (text.trim() === '' || (type !== null && decorations.has(type)) || (only !== undefined && type !== only))
          return;
        if (type === 'ftr') footers.push(text);
        else if (type === 'title' || type === 'ctrTitle') titles.push(text);
        else items.push({ kind: 'text', text, depth, bullet });
      }
    },
    text(text) {
      if (inText && skipDepth === 0 && paragraph) paragraph.text += text;
    },
  });
  return { title: titles.join(' '), items, footers, graphics };
}

/** Words of a chart or a diagram, each once, in order. */
export function readGraphic(bytes: Uint8Array, part: string): string[] {
  const words = new Set<string>();
  let text = '';
  let depth = 0;
  let inNumbers = false;
  const starts = new Set(['p', 'v']);
  readXml(bytes, part, {
    open(name) {
      if (name === 'numCache' || name === 'numLit') inNumbers = true;
      if (starts.has(name)) {
        depth++;
        text = '';
      }
    },
    close(name) {
      if (name === 'numCache' || name === 'numLit') inNumbers = false;
      if (starts.has(name) && depth > 0) {
        depth--;
        if (text.trim() !== '' && !inNumbers) words.add(text.trim());
        text = '';
      }
    },
    text(part) {
      if (depth > 0) text += part;
    },
  });
  return [...words];
}
