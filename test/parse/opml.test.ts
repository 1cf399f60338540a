import { expect, test } from 'vitest';
import { opmlParser } from '../../src/parse/opml.ts';
import { parseBytes, refusal } from './parse-bytes.ts';

const opml = (body: string, head = '') => `<opml version="2.0"><head>${head}</head><body>${body}</body></opml>`;

test('entries are a nested list with their links and notes', async () => {
  const { text, title, modifiedAt, metadata } = await parseBytes(
    opmlParser,
    opml(
      '<outline text="Water"><outline text="Weirs &amp; gauges" title="Weekly" xmlUrl="https://example.org/feed" htmlUrl="https://example.org"/><outline text="Plain" _note="&lt;b&gt;Bold&lt;/b&gt; note"/></outline><outline url="https://example.org/only"/>',
      '<title>My feeds</title><ownerName>Ada</ownerName><dateModified>Mon, 02 Mar 2026 10:00:00 GMT</dateModified>',
    ),
  );
  expect(text).toBe(
    '- Water\n  - Weirs & gauges – Weekly (https://example.org https://example.org/feed)\n  - Plain\n    Bold note\n- https://example.org/only',
  );
  expect([title, modifiedAt, metadata]).toEqual([
    'My feeds',
    '2026-03-02T10:00:00.000Z',
    { outlines: 4, author: 'Ada' },
  ]);
});

test('other XML, an outline without entries and declarations of entities are refused', async () => {
  expect(await refusal(opmlParser, '<feed/>')).toMatchObject({ code: 'PARSE_FAILED' });
  expect(await refusal(opmlParser, opml(''))).toMatchObject({ code: 'PARSE_NO_TEXT' });
  const bomb = `<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${opml('<outline text="&b;"/>')}`;
  expect((await refusal(opmlParser, bomb)).message).toContain('entity expansion');
});

test('a hundred thousand outlines within each other are read', async () => {
  const deep = opml('<outline text="a">'.repeat(100_000) + '</outline>'.repeat(100_000));
  expect((await parseBytes(opmlParser, deep)).metadata.outlines).toBe(100_000);
});
