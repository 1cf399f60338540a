import { expect, test } from 'vitest';
import { locateSnippet } from '../../src/app/locate-snippet.ts';
import type { AskEvent } from '../../src/app/types.ts';
import { searchToJson } from '../../src/present/json/v1/search.ts';
import { renderSources } from '../../src/present/text/render-answer.ts';
import { renderSearch } from '../../src/present/text/render-search.ts';
import { plainStyle } from '../../src/present/text/style.ts';
import { writePdf } from '../parse/write-pdf.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const CARE = `---
title: Care of the pump
---
# Care of the pump

The pump stands in the cellar.
It was painted green.

Filters are washed each spring,
and the **[gasket](parts/gasket.md)** is replaced
by a mechanic from Lund. Nobody else may open the lid.

Oil is changed in autumn.
`;

async function knowledgeBaseOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = temporaryFolder(files);
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  return { knowledgeBase, page: { style: plainStyle, width: 80, workingFolder: folder.path } };
}

test('a hit opens at the line of the words that its snippet shows', async () => {
  const { knowledgeBase, page } = await knowledgeBaseOf({ 'care.md': CARE });
  const result = await knowledgeBase.search('gasket mechanic');
  expect(result.hits[0]).toMatchObject({ place: { line: 10, page: null }, chunk: { lines: { start: 4 } } });
  expect(renderSearch(result, page, { explain: false })).toContain('care.md:10\n');
  const [hit] = searchToJson(result, { explain: false }).hits;
  expect(hit?.location).toMatch(/care\.md:4$/);
  expect(hit?.match).toMatchObject({ line: 10, page: null, location: expect.stringMatching(/care\.md:10$/) });
});

test('a citation opens at the line of its sentence', async () => {
  const { knowledgeBase, page } = await knowledgeBaseOf({ 'care.md': CARE });
  const events: AskEvent[] = [];
  for await (const event of knowledgeBase.ask('When is oil changed?')) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'answer-end') throw new Error('no answer');
  expect(last.answer.citations[0]).toMatchObject({ quote: 'Oil is changed in autumn.', place: { line: 13 } });
  expect(renderSources(last.answer, page)).toContain('care.md:13\n');
});

test('in a document of pages a passage over two of them tells the page of the words', async () => {
  const sentence = 'The harbour wall was measured again and found to be sound in every part that was looked at.';
  const pageOf = (last: string) =>
    [...Array.from({ length: 12 }, () => sentence), last].map((text, index) => ({ x: 50, y: 750 - 20 * index, text }));
  const pages = ['First the lamps.', 'A heron nested by the sluice.', 'Last the ropes.'].map(pageOf);
  const { knowledgeBase, page } = await knowledgeBaseOf({ 'report.pdf': writePdf({ pages }) });
  const result = await knowledgeBase.search('heron sluice', { window: 9, limit: 1 });
  expect(result.hits[0]).toMatchObject({ chunk: { page: 1 }, place: { line: null, page: 2 } });
  expect(renderSearch(result, page, { explain: false })).toContain('report.pdf#page=2\n');
});

const locate = (text: string, shown: string, ...words: string[]) =>
  text
    .slice(
      locateSnippet(text, {
        text: shown,
        matches: words.map((word) => ({ start: shown.indexOf(word), end: shown.indexOf(word) + word.length })),
      }),
    )
    .slice(0, 12);

test('of the sentences of a snippet the one with most matched words is located', () => {
  const text = 'Pumps are old.\n\nA pump needs\noil. Oil is dear.';
  expect(locate(text, 'Pumps are old. A pump needs oil. Oil is dear.', 'Pumps', 'pump', 'oil')).toBe('pump needs\no');
});

test('marks between words, and words that come twice, do not lead astray', () => {
  expect(locate('The pump.\nThe *pump* [runs](x.md) dry.', '… The pump runs dry.', 'runs')).toBe('runs](x.md) ');
  expect(locate('The pump.\nThe *pump* [runs](x.md) dry.', '… pump runs dry.', 'pump')).toBe('pump* [runs]');
});

test('a snippet that is not of the text is located at its beginning', () =>
  expect(locateSnippet('abc', { text: 'xyz', matches: [] })).toBe(0));
