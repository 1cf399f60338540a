import { expect, test } from 'vitest';
import { odfParsers } from '../../src/parse/odf.ts';
import { parseBytes, refusal } from './parse-bytes.ts';
import { writeParts } from './xml-package.ts';

const [odtParser, odsParser, odpParser] = odfParsers as readonly [
  (typeof odfParsers)[0],
  (typeof odfParsers)[0],
  (typeof odfParsers)[0],
];
const content = (body: string, styles = '') =>
  `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:draw="d" xmlns:presentation="p" xmlns:style="s"><office:automatic-styles>${styles}</office:automatic-styles><office:body>${body}</office:body></office:document-content>`;
const odf = (body: string, parts: Readonly<Record<string, string>> = {}, styles = '') =>
  writeParts({ 'content.xml': content(body, styles), ...parts });
const text = (body: string, styles = '') =>
  parseBytes(odtParser, odf(`<office:text>${body}</office:text>`, {}, styles));

test('headings, paragraphs and notes of a text', async () => {
  const note =
    '<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Proof.</text:p></text:note-body></text:note>';
  const { text: found, title } = await text(
    `<text:h text:outline-level="1">Top</text:h><text:p>Claim${note} goes on.</text:p><text:h text:outline-level="2">Sub</text:h>`,
  );
  expect(found).toBe('# Top\n\nClaim[^1] goes on.\n\n## Sub\n\n[^1]: Proof.');
  expect(title).toBe('Top');
});

test('lists carry the numbers of their style', async () => {
  const styles =
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>';
  const item = (content: string) => `<text:list-item>${content}</text:list-item>`;
  const inner = `<text:list>${item('<text:p>inner</text:p>')}${item('<text:p>next</text:p>')}</text:list>`;
  const { text: found } = await text(
    `<text:list text:style-name="L">${item(`<text:p>one</text:p>${inner}`)}${item('<text:p>two</text:p>')}</text:list><text:list>${item('<text:p>dot</text:p>')}</text:list>`,
    styles,
  );
  expect(found).toBe('1. one\n  a) inner\n  b) next\n2. two\n- dot');
});

test('deleted and hidden text and comments are left out', async () => {
  const { text: found } = await text(
    '<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:p>seen<office:annotation><text:p>comment</text:p></office:annotation><text:hidden-text>hidden</text:hidden-text></text:p>',
  );
  expect(found).toBe('seen');
});

test('repeat counts of two thousand million cost nothing', async () => {
  const { text: spaces } = await text('<text:p>a<text:s text:c="2000000000"/>b</text:p>');
  expect(spaces).toBe('a b');
  const cell = '<table:table-cell table:number-columns-repeated="2000000000"><text:p>x</text:p></table:table-cell>';
  const sheet = `<office:spreadsheet><table:table table:name="S"><table:table-row table:number-rows-repeated="2000000000">${cell}</table:table-row></table:table></office:spreadsheet>`;
  const { text: cells, warnings } = await parseBytes(odsParser, odf(sheet));
  expect(cells.length).toBeLessThan(50_000);
  expect(warnings.join()).toMatch(/shortened/);
});

test('cells of a sheet are shown by their stored values', async () => {
  const cell = (attributes: string, shown: string) =>
    `<table:table-cell ${attributes}><text:p>${shown}</text:p></table:table-cell>`;
  const row =
    cell('', 'label') +
    cell('office:value-type="date" office:date-value="2024-03-05"', '5. März') +
    cell('office:value-type="float" office:value="1234.5"', '1.234,50') +
    cell('office:value-type="boolean" office:boolean-value="true"', 'WAHR');
  const sheet = `<office:spreadsheet><table:table table:name="Blatt"><table:table-row>${row}</table:table-row></table:table></office:spreadsheet>`;
  expect((await parseBytes(odsParser, odf(sheet))).text).toBe(
    '# Blatt\n\n| label | 2024-03-05 | 1234.5 | TRUE |\n| --- | --- | --- | --- |',
  );
});

test('slides are pages with their titles and notes', async () => {
  const page = (title: string, body: string, notes = '') =>
    `<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>${title}</text:p></draw:text-box></draw:frame><draw:frame><draw:text-box><text:p>${body}</text:p></draw:text-box></draw:frame><presentation:notes><draw:frame><text:p>${notes}</text:p></draw:frame></presentation:notes></draw:page>`;
  const { text: found, sections } = await parseBytes(
    odpParser,
    odf(`<office:presentation>${page('One', 'first', 'say')}${page('Two', 'second')}</office:presentation>`),
  );
  expect(found).toBe('## One\n\nfirst\n\nsay\n\n## Two\n\nsecond');
  expect(sections.filter(({ kind }) => kind === 'page')).toHaveLength(2);
});

test('title, author and date come from meta.xml', async () => {
  const meta =
    '<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta><dc:title>Named</dc:title><meta:initial-creator>Ada</meta:initial-creator><dc:date>2024-01-02T03:04:05</dc:date></office:meta></office:document-meta>';
  const found = await parseBytes(odtParser, odf('<office:text><text:p>x</text:p></office:text>', { 'meta.xml': meta }));
  expect([found.title, found.metadata.author, found.modifiedAt]).toEqual(['Named', 'Ada', '2024-01-02T03:04:05.000Z']);
});

test('an encrypted document and entities are refused', async () => {
  const manifest =
    '<m:manifest xmlns:m="m"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>';
  expect((await refusal(odtParser, odf('', { 'META-INF/manifest.xml': manifest }))).code).toBe('PARSE_ENCRYPTED');
  expect(
    (await refusal(odtParser, writeParts({ 'content.xml': '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>' }))).message,
  ).toMatch(/DOCTYPE/);
});
