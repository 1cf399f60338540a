import { expect, test } from 'vitest';
import { docxParser } from '../../src/parse/docx.ts';
import { parseBytes, refusal } from './parse-bytes.ts';
import { writeZip } from './write-zip.ts';

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="x" xmlns:v="y"';
const relationshipType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const rels = (targets: Readonly<Record<string, string>>) =>
  `<Relationships>${Object.entries(targets)
    .map(
      ([type, target], index) => `<Relationship Id="r${index}" Type="${relationshipType}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

function docx(
  body: string,
  parts: Readonly<Record<string, string>> = {},
  encode: (xml: string) => Uint8Array | string = (xml) => xml,
): Uint8Array {
  const document = encode(`<?xml version="1.0"?><w:document ${namespaces}><w:body>${body}</w:body></w:document>`);
  return writeZip([
    { name: '_rels/.rels', data: rels({ officeDocument: 'word/document.xml' }) },
    { name: 'word/document.xml', data: document },
    ...Object.entries(parts).map(([name, data]) => ({ name, data })),
  ]);
}

const p = (text: string, properties = '') =>
  `<w:p>${properties ? `<w:pPr>${properties}</w:pPr>` : ''}<w:r><w:t>${text}</w:t></w:r></w:p>`;
const cell = (content: string) => `<w:tc>${content}</w:tc>`;
const row = (...cells: string[]) => `<w:tr>${cells.map((text) => cell(p(text))).join('')}</w:tr>`;
const parse = (body: string, parts = {}) => parseBytes(docxParser, docx(body, parts));
const check = async (body: string, expected: string, parts = {}) =>
  expect((await parse(body, parts)).text).toBe(expected);

const styles = `<w:styles ${namespaces}>
  <w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
  <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
  <w:style w:styleId="Own"><w:name w:val="My heading"/><w:basedOn w:val="berschrift2"/></w:style>
  <w:style w:styleId="Title"><w:name w:val="Title"/></w:style>
  <w:style w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>`;
const numbering = `<w:numbering ${namespaces}>
  <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
  <w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>
</w:numbering>`;
const numbered = (numId: number, ilvl = 0) => `<w:numPr><w:ilvl w:val="${ilvl}"/><w:numId w:val="${numId}"/></w:numPr>`;

test('headings follow the style by its built-in name, also through its parents', async () => {
  const { text, sections } = await parse(
    p('One', '<w:pStyle w:val="Heading1"/>') +
      p('a') +
      p('Two', '<w:pStyle w:val="Own"/>') +
      p('b') +
      p('Three', '<w:outlineLvl w:val="2"/>'),
    { 'word/styles.xml': styles },
  );
  expect(text).toBe('# One\n\na\n\n## Two\n\nb\n\n### Three');
  expect(sections.map((section) => section.kind === 'heading' && [section.level, section.title])).toEqual([
    [1, 'One'],
    [2, 'Two'],
    [3, 'Three'],
  ]);
});

test('lists carry the labels that Word shows', async () => {
  await check(
    p('first', numbered(5)) +
      p('inner', numbered(5, 1)) +
      p('inner too', numbered(5, 1)) +
      p('second', numbered(5)) +
      p('bullet', numbered(6)) +
      p('plain', numbered(0)),
    '1. first\n  (a) inner\n  (b) inner too\n2. second\n- bullet\n\nplain',
    { 'word/numbering.xml': numbering },
  );
});

test('a table becomes rows that know their header', async () => {
  const { text, blocks } = await parse(`<w:tbl>${row('Name', 'Age')}${row('Ada', '36')}</w:tbl>${p('after')}`);
  expect(text).toBe('| Name | Age |\n| --- | --- |\n| Ada | 36 |\n\nafter');
  const header = blocks[1]?.header;
  expect(header && text.slice(header.start, header.end)).toContain('| Name | Age |');
});

test('a table nested in a cell is text of that cell', async () => {
  const inner = `<w:tbl>${row('x', 'y')}</w:tbl>`;
  await check(`<w:tbl><w:tr>${cell(p('a') + inner)}${cell(p('b'))}</w:tr></w:tbl>`, '| a x y | b |\n| --- | --- |');
});

test('tables nested 5,000 deep cost no stack', async () => {
  const depth = 5000;
  const body = '<w:tbl><w:tr><w:tc>'.repeat(depth) + p('bottom') + '</w:tc></w:tr></w:tbl>'.repeat(depth);
  expect((await parse(body)).text).toContain('bottom');
});

test('footnotes and endnotes are marked in the text and follow it', async () => {
  const reference =
    '<w:p><w:r><w:t>Claim</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t> and </w:t></w:r><w:r><w:endnoteReference w:id="2"/></w:r></w:p>';
  await check(reference, 'Claim[^1] and [^2]\n\n[^1]: Proof.\n\n[^2]: End.', {
    'word/footnotes.xml': `<w:footnotes ${namespaces}><w:footnote w:id="0">${p('separator')}</w:footnote><w:footnote w:id="2">${p('Proof.')}</w:footnote></w:footnotes>`,
    'word/endnotes.xml': `<w:endnotes ${namespaces}><w:endnote w:id="2">${p('End.')}</w:endnote></w:endnotes>`,
  });
});

test('content controls and text boxes appear exactly once', async () => {
  const box = (text: string) => `<w:txbxContent>${p(text)}</w:txbxContent>`;
  await check(
    `<w:sdt><w:sdtPr/><w:sdtContent>${p('control')}</w:sdtContent></w:sdt>` +
      `<w:p><w:r><w:t>host</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>${box('box')}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>${box('box')}</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
    'control\n\nhost\n\nbox',
  );
});

test('insertions stay, deletions, hidden text and prompts go', async () => {
  await check(
    '<w:p><w:ins><w:r><w:t>in</w:t></w:r></w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del>' +
      '<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> shown</w:t></w:r>' +
      '<w:r><w:rPr><w:rStyle w:val="Secret"/></w:rPr><w:t>secret</w:t></w:r>' +
      '<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt></w:p>',
    'in shown',
    { 'word/styles.xml': styles },
  );
});

test('a document part in UTF-16 is read', async () => {
  const bytes = docx(p('Grüße 日本'), {}, (xml) =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(xml, 'utf16le')]),
  );
  expect((await parseBytes(docxParser, bytes)).text).toBe('Grüße 日本');
});

test('title, author and date come from the title paragraph and the properties', async () => {
  const core =
    '<cp:coreProperties xmlns:cp="a" xmlns:dc="b" xmlns:dcterms="c"><dc:title>From properties</dc:title><dc:creator>Ada</dc:creator><dcterms:modified>2024-05-06T07:08:09Z</dcterms:modified></cp:coreProperties>';
  const plain = await parse(p('x'), { 'docProps/core.xml': core });
  expect([plain.title, plain.metadata.author, plain.modifiedAt]).toEqual([
    'From properties',
    'Ada',
    '2024-05-06T07:08:09.000Z',
  ]);
  const titled = await parse(p('On the page', '<w:pStyle w:val="Title"/>'), {
    'docProps/core.xml': core,
    'word/styles.xml': styles,
  });
  expect(titled.title).toBe('On the page');
});

test('a DOCTYPE with entities is refused', async () => {
  const bytes = docx(p('&x;'), {}, (xml) =>
    xml.replace('?>', '?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
  );
  expect((await refusal(docxParser, bytes)).message).toMatch(/DOCTYPE/);
});

test('what stands in a .docx that is none is said', async () => {
  expect((await refusal(docxParser, writeZip([{ name: 'a', data: 'x' }]))).message).toContain('word/document.xml');
  expect((await refusal(docxParser, docx('<w:p>').subarray(0, 200))).message).toMatch(/ZIP archive is damaged/);
  expect((await refusal(docxParser, docx('<w:p>'))).message).toMatch(/not well-formed/);
  expect((await refusal(docxParser, docx(''))).code).toBe('PARSE_NO_TEXT');
  const ole = (stream: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), Buffer.from(stream, 'utf16le')]);
  expect((await refusal(docxParser, ole('EncryptedPackage'))).code).toBe('PARSE_ENCRYPTED');
  expect((await refusal(docxParser, ole('WordDocument'))).code).toBe('PARSE_UNSUPPORTED');
});

test('a bomb is refused in little time and memory', async () => {
  const bomb = docx(p(' '.repeat(60_000_000)));
  expect(bomb.length).toBeLessThan(100_000);
  expect((await refusal(docxParser, bomb)).code).toBe('PARSE_TOO_LARGE');
});
