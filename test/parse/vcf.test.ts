import { expect, test } from 'vitest';
import { vcfParser } from '../../src/parse/vcf.ts';
import { parseBytes, refusal } from './parse-bytes.ts';

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
const textOf = async (source: string | Uint8Array) => (await parseBytes(vcfParser, source)).text;

test('vCard 3: name, organisation, numbers by kind, address, birthday and note', async () => {
  const { text, title, metadata, blocks } = await parseBytes(
    vcfParser,
    card(
      'VERSION:3.0',
      'N:Lovelace;Ada;King;Dr.;',
      'FN:Ada Lovelace',
      'ORG:Reedbed GmbH;Field\\, work',
      'TEL;TYPE=WORK,VOICE:+49 30 123',
      'item1.EMAIL;type=INTERNET:ada@example.org',
      'item1.X-ABLabel:_$!<Home>!$_',
      'ADR;TYPE=HOME:;;Weir Lane 4;Port Ellery;;12345;Erewhon',
      'BDAY:1985-04-12',
      'PHOTO;ENCODING=b;TYPE=JPEG:AAAA',
      ' BBBB',
      'NOTE:Counts\\, and\\nwrites',
    ),
  );
  expect(text).toBe(
    [
      '## Ada Lovelace',
      '',
      'Organisation: Reedbed GmbH, Field, work',
      'Phone (work): +49 30 123',
      'E-mail (Home): ada@example.org',
      'Address (home): Weir Lane 4, Port Ellery, 12345, Erewhon',
      'Birthday: 12 April 1985',
      '',
      'Counts, and',
      'writes',
    ].join('\n'),
  );
  expect([title, metadata]).toEqual(['Ada Lovelace', { cards: 1 }]);
  expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'record']);
});

test('vCard 2.1: bare types, quoted-printable over several lines, in the charset that it names', async () => {
  const text = await textOf(
    card(
      'VERSION:2.1',
      'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg',
      'TEL;HOME;VOICE:030 55',
      'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:first=0D=0A=',
      'zweite Zeile f=C3=BCr=',
      ' alle',
    ),
  );
  expect(text).toBe('## Jörg Müller\n\nPhone (home): 030 55\n\nfirst\nzweite Zeile für alle');
});

test('vCard 4: addresses as URIs, and no year of birth', async () => {
  expect(
    await textOf(
      card('VERSION:4.0', 'FN:Bob', 'TEL;VALUE=uri;TYPE="voice,cell":tel:+1-555', 'BDAY:--0412', 'KIND:individual'),
    ),
  ).toBe('## Bob\n\nPhone (cell): +1-555\nBirthday: 12 April');
});

test('a book of cards has a section for each; a card without a name is known by what it has', async () => {
  const { sections, title } = await parseBytes(
    vcfParser,
    card('FN:Ada') + card('ORG:Reedbed') + card('EMAIL:x@example.org') + card('TEL:1'),
  );
  expect(sections.map((section) => section.kind === 'heading' && section.title)).toEqual([
    'Ada',
    'Reedbed',
    'x@example.org',
    '(no name)',
  ]);
  expect(title).toBeNull();
});

test('text without cards is no address book', async () => {
  expect(await refusal(vcfParser, 'Ada: 030 123')).toMatchObject({ code: 'PARSE_FAILED' });
});

test.each([
  ['a picture of ten megabytes', card('FN:end', `PHOTO;ENCODING=b:${'A'.repeat(10_000_000)}`)],
  [
    'a quoted-printable value without end',
    card('FN:end', `NOTE;ENCODING=QUOTED-PRINTABLE:${'=41=\r\n'.repeat(300_000)}`),
  ],
  ['a card within a card', 'BEGIN:VCARD\r\nFN:end\r\n'.repeat(20_000)],
  ['a million semicolons', card('FN:end', `ADR:${';'.repeat(1_000_000)}`, `ORG:${'a;'.repeat(50_000)}`)],
])('hostile cards are read in one pass: %s', async (_, source) => {
  expect(await textOf(source)).toContain('end');
});
