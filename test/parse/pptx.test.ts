import { expect, test } from 'vitest';
import { pptxParser } from '../../src/parse/pptx.ts';
import { parseBytes, refusal } from './parse-bytes.ts';
import { writeParts, writeRelationships } from './xml-package.ts';

const paragraph = (text: string, properties = '') => `<a:p>${properties}<a:r><a:t>${text}</a:t></a:r></a:p>`;
const shape = (content: string, placeholder = '') =>
  `<p:sp><p:nvSpPr><p:nvPr>${placeholder ? `<p:ph type="${placeholder}"/>` : ''}</p:nvPr></p:nvSpPr><p:txBody>${content}</p:txBody></p:sp>`;
const slide = (content: string) =>
  `<p:sld xmlns:p="p" xmlns:a="a" xmlns:r="r"><p:cSld><p:spTree>${content}</p:spTree></p:cSld></p:sld>`;

/** Slides by file name, shown in the given order. */
function pptx(
  slides: Readonly<Record<string, string>>,
  order: readonly string[],
  parts: Readonly<Record<string, string>> = {},
): Uint8Array {
  const names = Object.keys(slides);
  return writeParts({
    '_rels/.rels': writeRelationships([['r1', 'officeDocument', 'ppt/presentation.xml']]),
    'ppt/presentation.xml': `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${order.map((name, index) => `<p:sldId id="${256 + index}" r:id="${name}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': writeRelationships(names.map((name) => [name, 'slide', `slides/${name}.xml`])),
    ...Object.fromEntries(names.map((name) => [`ppt/slides/${name}.xml`, slides[name]!])),
    ...parts,
  });
}

test('slides come in the order of the show, each as a page', async () => {
  const bytes = pptx(
    { slide1: slide(shape(paragraph('shown last'))), slide2: slide(shape(paragraph('shown first'))) },
    ['slide2', 'slide1'],
  );
  const { text, sections } = await parseBytes(pptxParser, bytes);
  expect(text).toBe('shown first\n\nshown last');
  expect(
    sections.map(
      (section) => section.kind === 'page' && [section.page, text.slice(section.span.start, section.span.end).trim()],
    ),
  ).toEqual([
    [1, 'shown first'],
    [2, 'shown last'],
  ]);
});

test('titles are headings, bodies lists, tables rows; numbers and dates are left out', async () => {
  const table = `<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody>${paragraph('A')}</a:txBody></a:tc><a:tc><a:txBody>${paragraph('B')}</a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>`;
  const content =
    shape(paragraph('Plan'), 'title') +
    shape(paragraph('one') + paragraph('deeper', '<a:pPr lvl="1"/>'), 'body') +
    table +
    shape(paragraph('7'), 'sldNum') +
    shape(paragraph('today'), 'dt');
  const { text, title } = await parseBytes(pptxParser, pptx({ s: slide(content) }, ['s']));
  expect(text).toBe('## Plan\n\n- one\n  - deeper\n\n| A | B |\n| --- | --- |');
  expect(title).toBe('Plan');
});

test('speaker notes belong to their slide', async () => {
  const notes = slide(shape(paragraph('say this'), 'body') + shape(paragraph('3'), 'sldNum'));
  const bytes = pptx({ s: slide(shape(paragraph('Seen'))) }, ['s'], {
    'ppt/slides/_rels/s.xml.rels': writeRelationships([['n', 'notesSlide', '../notesSlides/n.xml']]),
    'ppt/notesSlides/n.xml': notes,
  });
  expect((await parseBytes(pptxParser, bytes)).text).toBe('Seen\n\nNotes:\n\n- say this');
});

test('a footer that repeats is kept once', async () => {
  const footed = (text: string) => slide(shape(paragraph(text)) + shape(paragraph('Confidential'), 'ftr'));
  const { text } = await parseBytes(pptxParser, pptx({ a: footed('one'), b: footed('two') }, ['a', 'b']));
  expect(text).toBe('one\n\nConfidential\n\ntwo');
});

test('slides past the limit are left out with a warning, a deck without text is refused', async () => {
  const two = pptx({ a: slide(shape(paragraph('one'))), b: slide(shape(paragraph('two'))) }, ['a', 'b']);
  const { text, warnings } = await parseBytes(pptxParser, two, { maxPages: 1 });
  expect([text, warnings]).toEqual(['one', ['Only the first 1 of 2 slides were read.']]);
  expect((await refusal(pptxParser, pptx({ a: slide('') }, ['a']))).code).toBe('PARSE_NO_TEXT');
});
