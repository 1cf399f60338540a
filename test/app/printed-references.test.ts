import { expect, test } from 'vitest';
import type { SearchResult } from '../../src/app/types.ts';
import { searchToJson } from '../../src/present/json/v1/search.ts';
import { locationOf, placeOfHit } from '../../src/present/text/location.ts';
import { renderExplanation } from '../../src/present/text/render-search.ts';
import { plainStyle } from '../../src/present/text/style.ts';
import { writePdf } from '../parse/write-pdf.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const FILES = {
  'notes/pump: old.md': '# Pump\n\nThe pump stands in the cellar.\n',
  'notes/plan.txt': 'First line.\nThe pump is to be moved.\n',
  'report.pdf': writePdf({ pages: [[{ x: 50, y: 700, text: 'The pump failed in May.' }]] }),
};

test('whatever a search prints as the name of a document, passage or place can be got', async () => {
  const folder = temporaryFolder(FILES);
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  const result = await knowledgeBase.search('pump');
  expect(result.hits).toHaveLength(3);
  for (const [index, hit] of searchToJson(result, { explain: true }).hits.entries()) {
    const shown = locationOf(placeOfHit(result.hits[index]!));
    for (const reference of [
      hit.chunkId,
      hit.documentId,
      hit.uri,
      hit.path,
      hit.location,
      hit.match?.location,
      shown,
    ]) {
      expect(knowledgeBase.get(reference!).document.id, reference).toBe(hit.documentId);
    }
    expect(knowledgeBase.get(hit.chunkId).text).toBe(hit.text);
    expect(knowledgeBase.get(shown).text).toContain('pump');
  }
});

test('the explanation of a long query fits into 80 columns', async () => {
  const knowledgeBase = await openTemporary();
  const words = Array.from({ length: 40 }, (_, index) => `uncommonword${index}`);
  const result: SearchResult = await knowledgeBase.search(words.join(' '));
  const lines = renderExplanation(result, { style: plainStyle, width: 80, workingFolder: '/' }).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  for (const word of words) expect(lines.join('\n')).toContain(word);
});
