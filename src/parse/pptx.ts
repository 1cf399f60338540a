import { documentProperties, mainPart, openPackage, type Relationship, relationships } from './office/package.ts';
import { parsedDocument } from './parsed-document.ts';
import { readGraphic, readSlide, type Slide } from './pptx/slide.ts';
import { type StructuredText, structuredText } from './structured-text.ts';
import type { ParsedDocument, ParseInput, Parser } from './types.ts';
import type { ZipArchive } from './unzip.ts';
import { prefixedAttribute, readXml } from './xml.ts';

const mediaType = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';

/** Presentations: a page per slide in the order of the show, with tables, diagrams, charts and speaker notes. */
export const pptxParser: Parser = {
  type: 'pptx',
  mediaTypes: [mediaType, 'application/vnd.openxmlformats-officedocument.presentationml.slideshow'],
  extensions: ['pptx', 'pptm', 'ppsx', 'ppsm', 'potx'],
  async parse(input: ParseInput): Promise<ParsedDocument> {
    const archive = openPackage(input);
    const main = mainPart(archive, 'ppt/presentation.xml', 'PowerPoint');
    const slides = slideParts(archive, main);
    const text = structuredText(input.limits.maxTextLength);
    const warnings: string[] = [];
    const seenFooters = new Set<string>();
    if (slides.length > input.limits.maxPages)
      warnings.push(`Only the first ${input.limits.maxPages} of ${slides.length} slides were read.`);
    slides.slice(0, input.limits.maxPages).forEach((part, index) => {
      const bytes = archive.read(part);
      if (!bytes) {
        warnings.push(`Slide ${index + 1} is missing from the archive.`);
        return;
      }
      text.page(index + 1);
      const slide = readSlide(bytes, part);
      addSlide({ archive, text, part, slide });
      for (const footer of slide.footers) {
        if (!seenFooters.has(footer)) text.paragraph(footer);
        seenFooters.add(footer);
      }
    });
    const properties = documentProperties(archive);
    const { title, ...structure } = text.finish();
    return parsedDocument({
      ...structure,
      type: 'pptx',
      mediaType,
      title: properties.title ?? title,
      modifiedAt: properties.modifiedAt,
      metadata: { ...properties.metadata, slides: slides.length },
      warnings,
    });
  },
};

/** Slides in the order of `sldIdLst`, which is the order of the show; file names say nothing. */
function slideParts(archive: ZipArchive, main: string): string[] {
  const targets = new Map(relationships(archive, main).map(({ id, target }) => [id, target]));
  const parts: string[] = [];
  const bytes = archive.read(main);
  if (bytes)
    readXml(bytes, main, {
      open(name, attributes) {
        const target = name === 'sldId' ? targets.get(prefixedAttribute(attributes, 'id') ?? '') : null;
        if (target) parts.push(target);
      },
    });
  return parts;
}

type SlideInPlace = {
  readonly archive: ZipArchive;
  readonly text: StructuredText;
  readonly part: string;
  readonly slide: Slide;
};

function addSlide({ archive, text, part, slide }: SlideInPlace): void {
  const links = relationships(archive, part);
  if (slide.title !== '') text.heading(2, slide.title);
  addItems(text, slide);
  for (const id of slide.graphics) {
    const target = links.find((link) => link.id === id)?.target;
    const bytes = target ? archive.read(target) : null;
    if (target && bytes) text.paragraph(readGraphic(bytes, target).join('\n'));
  }
  const notes = notesOf(archive, links);
  if (notes && notes.items.length > 0) {
    text.paragraph('Notes:');
    addItems(text, notes);
  }
}

function addItems(text: StructuredText, { items }: Slide): void {
  for (const item of items) {
    if (item.kind === 'row') text.tableRow(item.cells, item.startsTable);
    else if (item.bullet) text.listItem(item.text, item.depth, '-');
    else text.paragraph(item.text);
  }
}

function notesOf(archive: ZipArchive, links: readonly Relationship[]): Slide | null {
  const target = links.find(({ type }) => type === 'notesSlide')?.target;
  const bytes = target ? archive.read(target) : null;
  return target && bytes ? readSlide(bytes, target, 'body') : null;
}
