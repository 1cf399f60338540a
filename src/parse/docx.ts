import { RagError } from '../platform/errors.ts';
import { bodyHandlers, type DocxParagraph } from './docx/body.ts';
import { type Numbering, readNumbering } from './docx/numbering.ts';
import { type ParagraphStyle, readStyles } from './docx/styles.ts';
import { documentProperties, mainPart, openPackage, relationships } from './office/package.ts';
import { parsedDocument } from './parsed-document.ts';
import { type StructuredText, structuredText } from './structured-text.ts';
import type { ParsedDocument, ParseInput, Parser } from './types.ts';
import type { ZipArchive } from './unzip.ts';
import { attribute, readXml } from './xml.ts';

const mediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Word documents: headings, numbered lists with their labels, tables, text boxes, footnotes and endnotes. */
export const docxParser: Parser = {
  type: 'docx',
  mediaTypes: [mediaType, 'application/vnd.ms-word.document.macroenabled.12'],
  extensions: ['docx', 'docm', 'dotx', 'dotm'],
  async parse(input: ParseInput): Promise<ParsedDocument> {
    const archive = openPackage(input);
    const main = mainPart(archive, 'word/document.xml', 'Word');
    const parts = new Map(relationships(archive, main).map(({ type, target }) => [type, target]));
    const partBytes = (type: string, usual: string) => {
      const name = parts.get(type) ?? usual;
      return { bytes: archive.read(name), name };
    };
    const styles = partBytes('styles', 'word/styles.xml');
    const numbering = partBytes('numbering', 'word/numbering.xml');
    const reader: Reader = {
      text: structuredText(input.limits.maxTextLength),
      styleOf: readStyles(styles.bytes, styles.name),
      numbering: readNumbering(numbering.bytes, numbering.name),
      notes: [],
      titles: [],
    };
    const body = archive.read(main);
    if (!body) throw new RagError('PARSE_FAILED', { message: `Not a Word document: "${main}" is missing.` });
    let hasBody = false;
    const handlers = bodyHandlers(sinkOf(reader));
    readXml(body, main, {
      ...handlers,
      open(name, attributes) {
        hasBody ||= name === 'body';
        handlers.open?.(name, attributes);
      },
    });
    if (!hasBody) throw new RagError('PARSE_FAILED', { message: `Not a Word document: "${main}" has no body.` });
    for (const [kind, usual] of [
      ['footnotes', 'word/footnotes.xml'],
      ['endnotes', 'word/endnotes.xml'],
    ] as const)
      appendNotes(archive, reader, parts.get(kind) ?? usual, kind);
    return finish(archive, reader, parts.has('aFChunk'));
  },
};

type Note = { readonly kind: 'footnote' | 'endnote'; readonly id: string; readonly label: string };

type Reader = {
  readonly text: StructuredText;
  readonly styleOf: (styleId: string | null) => ParagraphStyle;
  readonly numbering: Numbering;
  readonly notes: Note[];
  readonly titles: string[];
};

function finish(archive: ZipArchive, reader: Reader, hasForeignPart: boolean): ParsedDocument {
  const properties = documentProperties(archive);
  const { title, ...structure } = reader.text.finish();
  const warnings = hasForeignPart ? ['A part in another format (altChunk) is embedded and was not read.'] : [];
  return parsedDocument({
    ...structure,
    type: 'docx',
    mediaType,
    title: reader.titles[0] ?? properties.title ?? title,
    modifiedAt: properties.modifiedAt,
    metadata: properties.metadata,
    warnings,
  });
}

function sinkOf(reader: Reader) {
  return {
    paragraph: (paragraph: DocxParagraph) => addParagraph(reader, paragraph),
    row(cells: readonly DocxParagraph[][], startsTable: boolean) {
      // A table of one column is a frame around text.
      if (cells.length < 2) for (const paragraph of cells.flat()) addParagraph(reader, paragraph);
      else
        reader.text.tableRow(
          cells.map((cell) => cell.map((paragraph) => labelled(reader, paragraph)).join(' ')),
          startsTable,
        );
    },
    note(kind: Note['kind'], id: string) {
      const label = String(reader.notes.length + 1);
      reader.notes.push({ kind, id, label });
      return `[^${label}]`;
    },
    isHiddenStyle: (styleId: string) => reader.styleOf(styleId).hidden,
  };
}

function addParagraph(reader: Reader, paragraph: DocxParagraph): void {
  if (paragraph.text.trim() === '') return;
  const style = reader.styleOf(paragraph.styleId);
  const level =
    paragraph.outline !== null ? (paragraph.outline < 9 ? paragraph.outline + 1 : null) : style.headingLevel;
  const item = itemLabel(reader, paragraph, style);
  if (level !== null) {
    if (level === 0) reader.titles.push(paragraph.text.replace(/\s+/g, ' ').trim());
    reader.text.heading(Math.max(1, level), item && !item.bullet ? `${item.label} ${paragraph.text}` : paragraph.text);
  } else if (item) reader.text.listItem(paragraph.text, paragraph.ilvl ?? style.ilvl, item.label || '-');
  else reader.text.paragraph(paragraph.text);
}

function labelled(reader: Reader, paragraph: DocxParagraph): string {
  if (paragraph.text.trim() === '') return '';
  const item = itemLabel(reader, paragraph, reader.styleOf(paragraph.styleId));
  return item && !item.bullet ? `${item.label} ${paragraph.text}` : paragraph.text;
}

function itemLabel(reader: Reader, paragraph: DocxParagraph, style: ParagraphStyle) {
  const numId = paragraph.numId ?? style.numId;
  // numId 0 takes the numbering of the style away.
  return numId === null || numId === '0' ? null : reader.numbering.next(numId, paragraph.ilvl ?? style.ilvl);
}

/** Notes that the text refers to, in the order of their markers. */
function appendNotes(archive: ZipArchive, reader: Reader, part: string, kind: 'footnotes' | 'endnotes'): void {
  const wanted = new Map(reader.notes.filter((note) => `${note.kind}s` === kind).map((note) => [note.id, note.label]));
  const bytes = wanted.size > 0 ? archive.read(part) : null;
  if (!bytes) return;
  const texts = new Map<string, string[]>();
  let current: string | null = null;
  const collect = (paragraphs: readonly DocxParagraph[]) => {
    if (current === null) return;
    const list = texts.get(current) ?? [];
    list.push(...paragraphs.map(({ text }) => text.trim()).filter((text) => text !== ''));
    texts.set(current, list);
  };
  const handlers = bodyHandlers({
    paragraph: (paragraph) => collect([paragraph]),
    row: (cells) => collect(cells.flat()),
    note: () => '',
    isHiddenStyle: (styleId) => reader.styleOf(styleId).hidden,
  });
  readXml(bytes, part, {
    ...handlers,
    open(name, attributes) {
      if (name === 'footnote' || name === 'endnote') current = attribute(attributes, 'id') ?? null;
      else handlers.open?.(name, attributes);
    },
    close(name) {
      if (name === 'footnote' || name === 'endnote') current = null;
      else handlers.close?.(name);
    },
  });
  for (const [id, label] of wanted) {
    const text = texts.get(id)?.join('\n');
    if (text) reader.text.paragraph(`[^${label}]: ${text}`);
  }
}
