import { expect, test } from 'vitest';
import { renderSearchXml } from '../../src/present/text/render-search-formats.ts';
import { sampleSearch } from './sample.ts';

test('a path with a line end or a tab in it survives a reader of XML, which folds both within attributes', () => {
  const [hit] = sampleSearch.hits;
  const document = { ...hit!.document, uri: 'file:///work/new%0Aline%09tab%22.md' };
  const xml = renderSearchXml({ ...sampleSearch, query: 'a\nb', hits: [{ ...hit!, document }] });
  expect(xml).toContain('<search query="a&#10;b"');
  expect(xml).toContain('new&#10;line&#9;tab&quot;.md');
});
