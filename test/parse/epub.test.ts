import { expect, test } from 'vitest';
import { epubParser } from '../../src/parse/epub.ts';
import { parseBytes, refusal } from './parse-bytes.ts';
import { writeParts } from './xml-package.ts';

const container = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>';
const chapter = (body: string) =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`;

function epub(
  spine: readonly string[],
  chapters: Readonly<Record<string, string>>,
  parts: Readonly<Record<string, string>> = {},
): Uint8Array {
  const items = Object.keys(chapters).map(
    (href, index) => `<item id="i${index}" href="${encodeURI(href)}" media-type="application/xhtml+xml"/>`,
  );
  const refs = spine.map((href) => `<itemref idref="i${Object.keys(chapters).indexOf(href)}"/>`);
  return writeParts({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': container,
    'OEBPS/book.opf': `<package xmlns:dc="dc"><metadata><dc:title>The Book</dc:title><dc:creator>Ada</dc:creator><dc:language>EN</dc:language></metadata><manifest>${items.join('')}<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine toc="toc">${refs.join('')}</spine></package>`,
    ...Object.fromEntries(Object.entries(chapters).map(([href, body]) => [`OEBPS/${href}`, chapter(body)])),
    ...parts,
  });
}

test('chapters come in the order of the spine, also with escaped names', async () => {
  const bytes = epub(['b.xhtml', 'a one.xhtml'], {
    'a one.xhtml': '<h1>Second</h1><p>two</p>',
    'b.xhtml': '<h1>First</h1><p>one</p>',
  });
  const { text, title, language, metadata } = await parseBytes(epubParser, bytes);
  expect(text).toBe('# First\n\none\n\n# Second\n\ntwo');
  expect([title, language, metadata.author]).toEqual(['The Book', 'en', 'Ada']);
});

test('a chapter without a heading takes its name from the table of contents', async () => {
  const ncx =
    '<ncx><navMap><navPoint><navLabel><text>Opening</text></navLabel><content src="a.xhtml"/></navPoint></navMap></ncx>';
  const bytes = epub(
    ['a.xhtml', 'b.xhtml'],
    { 'a.xhtml': '<p>one</p>', 'b.xhtml': '<h2>Named</h2><p>two</p>' },
    { 'OEBPS/toc.ncx': ncx },
  );
  expect((await parseBytes(epubParser, bytes)).text).toBe('# Opening\n\none\n\n## Named\n\ntwo');
});

test('a protected book is refused, one with protected fonts is read', async () => {
  const encryption = (path: string) =>
    `<encryption><EncryptedData><CipherData><CipherReference URI="${path}"/></CipherData></EncryptedData></encryption>`;
  const book = (path: string) =>
    epub(['a.xhtml'], { 'a.xhtml': '<p>text</p>' }, { 'META-INF/encryption.xml': encryption(path) });
  expect(await refusal(epubParser, book('OEBPS/a.xhtml'))).toMatchObject({
    code: 'PARSE_ENCRYPTED',
    message: expect.stringContaining('DRM'),
  });
  expect((await parseBytes(epubParser, book('OEBPS/font.otf'))).text).toBe('text');
});

test('a missing chapter is a warning, a missing package document a failure', async () => {
  const bytes = epub(['a.xhtml', 'gone.xhtml'], { 'a.xhtml': '<p>text</p>', 'gone.xhtml': '' }, {});
  expect((await parseBytes(epubParser, bytes)).text).toBe('text');
  expect((await refusal(epubParser, writeParts({ 'META-INF/container.xml': container }))).message).toContain('.opf');
});

test('a page that says its own name as a paragraph does not get it twice from the table of contents', async () => {
  const ncx =
    '<ncx><navMap><navPoint><navLabel><text>Page 1</text></navLabel><content src="a.xhtml"/></navPoint></navMap></ncx>';
  const bytes = epub(
    ['a.xhtml', 'b.xhtml'],
    { 'a.xhtml': '<p>Page 1</p><p>one</p>', 'b.xhtml': '<h2>Named</h2><p>two</p>' },
    { 'OEBPS/toc.ncx': ncx },
  );
  const { text, sections } = await parseBytes(epubParser, bytes);
  expect(text).toBe('Page 1\n\none\n\n## Named\n\ntwo');
  expect(sections[0]).toMatchObject({ title: 'Page 1', span: { start: 0 } });
});

test('what a style hides is text in a page that the book declares as scripted, and only there', async () => {
  const book = (properties: string) =>
    writeParts({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml': container,
      'OEBPS/book.opf': `<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml" properties="${properties}"/></manifest><spine><itemref idref="a"/></spine></package>`,
      'OEBPS/a.xhtml': chapter('<p>seen</p><p style="display: none">shown by a script</p>'),
    });
  expect((await parseBytes(epubParser, book('scripted'))).text).toBe('seen\n\nshown by a script');
  expect((await parseBytes(epubParser, book('svg'))).text).toBe('seen');
});
