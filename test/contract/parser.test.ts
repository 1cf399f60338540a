import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { legacyOfficeParsers } from '../../src/parse/ole.ts';
import { parsers } from '../../src/parse/registry.ts';
import { writeZip } from '../parse/write-zip.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { describeParser, type ParserCase } from './parser.ts';

const corpus = fileURLToPath(new URL('../../fixtures/corpus/', import.meta.url));
const fixture = (type: string, path: string, says: string): ParserCase => ({
  type,
  name: basename(path),
  bytes: () => readFileSync(join(corpus, path)),
  says,
});
const written = (type: string, name: string, says: string, content: () => string | Uint8Array): ParserCase => ({
  type,
  name,
  bytes: () => Buffer.from(content()),
  says,
});

const openDocument = (kind: string, body: string) =>
  writeZip([
    { name: 'mimetype', data: `application/vnd.oasis.opendocument.${kind}` },
    {
      name: 'content.xml',
      data: `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:body>${body}</office:body></office:document-content>`,
    },
  ]);

const cases: readonly ParserCase[] = [
  fixture('md', 'people/onboarding.md', 'day'),
  fixture('txt', 'finance/purchasing.txt', 'purchas'),
  fixture('html', 'finance/travel-expenses.html', 'travel'),
  fixture('csv', 'company/offices.csv', 'Port Ellery'),
  fixture('csv', 'engineering/on-call-rota.tsv', '2026'),
  fixture('json', 'engineering/incidents.jsonl', '2026'),
  fixture('json', 'engineering/reedbed-config.json', 'reedbed'),
  fixture('ipynb', 'engineering/rating-curve.ipynb', 'Orde'),
  fixture('code', 'engineering/retry-upload.ts', 'function'),
  fixture('code', 'engineering/drift_correction.py', 'def '),
  fixture('pdf', 'safety/laboratory-safety.pdf', 'laborator'),
  fixture('docx', 'people/benefits.docx', 'enefit'),
  fixture('xlsx', 'finance/budget-2026.xlsx', '2026'),
  fixture('pptx', 'engineering/platform-overview.pptx', 'Kestrel queue'),
  fixture('odt', 'safety/calibration-qs-014.odt', 'alibrat'),
  fixture('epub', 'products/field-guide.epub', 'field'),
  fixture('rtf', 'support/warranty.rtf', 'arrant'),
  fixture('eml', 'security/phishing-warning.eml', 'Tannenhof'),
  written('rst', 'guide.rst', 'Second', () => 'Guide\n=====\n\nFirst words.\n\nPart\n----\n\nSecond words.\n'),
  written(
    'adoc',
    'guide.adoc',
    'Second',
    () =>
      '= Guide\n:lang: en\n\nFirst words.\n\n== Part\n\n----\ncode\n----\n\n|===\n|a |b\n\n|1\n|2\n|===\n\nSecond words.\n',
  ),
  written(
    'org',
    'notes.org',
    'Second',
    () =>
      '#+TITLE: Notes\n\n* TODO Part :work:\n\n#+BEGIN_SRC sh\nls\n#+END_SRC\n\n| a | b |\n|---+---|\n| 1 | 2 |\n\nSecond words.\n',
  ),
  written(
    'subtitles',
    'talk.srt',
    'the weir',
    () => '1\n00:00:01,000 --> 00:00:02,000\nThe gauge stands\n\n2\n00:00:02,000 --> 00:00:04,000\nat the weir.\n',
  ),
  written('subtitles', 'talk.vtt', 'Ada: Hello', () => 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Hello\n'),
  written(
    'tex',
    'paper.tex',
    'Käfer über',
    () =>
      '\\documentclass{article}\n\\title{Beetles}\n\\begin{document}\n\\maketitle\n\\section{Intro}\nK{\\"a}fer \\"uber $x_i$.\n\\begin{verbatim}\n\\x\n\\end{verbatim}\n\\end{document}\n',
  ),
  written(
    'man',
    'reed.man',
    'measures water',
    () =>
      '.TH REED 1 2026-03-01\n.SH NAME\nreed \\- measures water\n.SH OPTIONS\n.TP\n.BR \\-a ", " \\-\\-all\nAll of it.\n',
  ),
  written(
    'man',
    'reed.mdoc',
    'measures water',
    () =>
      '.Dd March 1, 2026\n.Dt REED 1\n.Sh NAME\n.Nm reed\n.Nd measures water\n.Sh SYNOPSIS\n.Nm\n.Op Fl a\n.Ar file\n',
  ),
  written(
    'opml',
    'feeds.opml',
    'https://example.org/feed',
    () =>
      '<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body><outline text="Water"><outline text="Weirs" xmlUrl="https://example.org/feed"/></outline></body></opml>',
  ),
  written(
    'ics',
    'plan.ics',
    'Wednesday, 4 March 2026',
    () =>
      'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Gauging at\r\n  the weir\r\nDTSTART;TZID=Europe/Berlin:20260304T100000\r\nRRULE:FREQ=WEEKLY;BYDAY=WE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  ),
  written(
    'vcf',
    'people.vcf',
    'Ada Lovelace',
    () =>
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lovelace\r\nTEL;TYPE=WORK:+49 30 123\r\nNOTE:Counts\\, and writes\r\nEND:VCARD\r\n',
  ),
  written(
    'mhtml',
    'page.mht',
    'Grüße',
    () =>
      'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>Gr=C3=BC=C3=9Fe aus K=C3=B6ln</p></body></html>\r\n--x--\r\n',
  ),
  written(
    'fb2',
    'book.fb2',
    'once upon',
    () =>
      '<?xml version="1.0"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><body><section><title><p>One</p></title><p>once upon a time</p></section></body></FictionBook>',
  ),
  written('ods', 'table.ods', 'apples', () =>
    openDocument(
      'spreadsheet',
      '<office:spreadsheet><table:table table:name="Fruit"><table:table-row><table:table-cell><text:p>apples</text:p></table:table-cell><table:table-cell><text:p>seven</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>',
    ),
  ),
  written('odp', 'talk.odp', 'welcome', () =>
    openDocument(
      'presentation',
      '<office:presentation><draw:page draw:name="one"><draw:frame><draw:text-box><text:p>welcome everyone</text:p></draw:text-box></draw:frame></draw:page></office:presentation>',
    ),
  ),
];

const picture: ParserCase = {
  ...written('image', 'scan.png', 'green pump', () => ''),
  bytes: () => drawPicture(['The green pump']),
  recognized: [
    { page: 1, text: 'The green pump\n\nin hall seven', confidence: 90 },
    { page: 2, text: '', confidence: null },
    { page: 3, text: 'Z\u0075\u0308rich', confidence: 40 },
  ],
};

for (const parserCase of [...cases, picture]) describeParser(parserCase);

test('every parser of the registry stands in the table, those that only name what they refuse excepted', () => {
  const covered = new Set([
    ...[...cases, picture].map(({ type }) => type),
    ...legacyOfficeParsers.map(({ type }) => type),
  ]);
  expect(parsers.map(({ type }) => type).filter((type) => !covered.has(type))).toEqual([]);
});

test('no extension and no media type is claimed twice', () => {
  const extensions = parsers.flatMap((parser) => parser.extensions);
  const mediaTypes = parsers.flatMap((parser) => parser.mediaTypes);
  expect(extensions.filter((extension, index) => extensions.indexOf(extension) !== index)).toEqual([]);
  expect(mediaTypes.filter((type, index) => mediaTypes.indexOf(type) !== index)).toEqual([]);
});
