import { expect, test } from 'vitest';
import { manParser } from '../../src/parse/man.ts';
import { parseBytes } from './parse-bytes.ts';

const read = (source: string) => parseBytes(manParser, source);
const textOf = async (source: string) => (await read(source)).text;

const page = String.raw`.\" A comment
.de SHOW
.B \\$1
..
.ds Tm (TM)
.if t .ds Q ''
.ie n .ds Q ""
.el .ds Q no
.TH REED 1 2026-03-01 "Reedbed 2.1" "User Commands"
.SH NAME
reed \- measure \*(lqwater\*(rq \(em daily
.SH SYNOPSIS
.SY reed
.OP \-a level
.RI [ file ...]
.YS
.SH OPTIONS
.TP
.BR \-a ", " \-\-all=\fIlevel\fP
Take all \fBlevels\fR\|.
.sp
.RS
.IP \(bu 2
one
.IP \(bu 2
two
.RE
.PP
.nf
  code   here
.fi
.ig
not shown
..
.if t \{\
not shown either
.\}
.ie n \{\
shown on terminals
.\}
.el \{\
never
.\}
.SS "See also"
.UR https://example.org
The site
.UE .
caf\('e \[u20AC] \N'65' x\u2\d \*Q\e
`;

test('a man page is what a terminal shows', async () => {
  const { text, title, modifiedAt, metadata } = await read(page);
  expect(title).toBe('reed(1)');
  expect(modifiedAt).toBe('2026-03-01T00:00:00.000Z');
  expect(metadata).toEqual({ section: '1', source: 'Reedbed 2.1' });
  expect(text).toBe(
    [
      '# NAME',
      'reed - measure “water” — daily',
      '# SYNOPSIS',
      'reed [-a level] [file...]',
      '# OPTIONS',
      '- -a, --all=level\n  Take all levels.\n  - one\n  - two',
      '  code   here',
      'shown on terminals',
      '## See also',
      'The site (https://example.org). café € A x2 "\\',
    ].join('\n\n'),
  );
});

test('code is a block of its own, and options are list items', async () => {
  const { blocks, text } = await read(page);
  const of = (kind: string) =>
    blocks.filter((block) => block.kind === kind).map(({ span }) => text.slice(span.start, span.end));
  expect(of('code')).toEqual(['  code   here']);
  expect(of('list-item')).toEqual(['- -a, --all=level\n  Take all levels.', '  - one', '  - two']);
});

test('mdoc: names, options, lists, references and enclosures', async () => {
  const source = `.Dd $Mdocdate: March 1 2026 $
.Dt REED 8
.Os
.Sh NAME
.Nm reed
.Nd measure water
.Sh SYNOPSIS
.Nm
.Op Fl a Ns Ar level
.Op Fl Fl all
.Ar
.Sh DESCRIPTION
The
.Nm
utility reads
.Pa /etc/reed.conf ,
see
.Xr weir 5 .
.Bl -tag -width Ds
.It Fl a , Fl b Ar level
First
.Dq quoted words .
.El
.Bd -literal
  raw
.Ed
.Fn open "const char *path" "int flags"
.Bx 4.4
.Lk https://example.org "the site"
`;
  expect(await textOf(source)).toBe(
    [
      '# NAME',
      'reed – measure water',
      '# SYNOPSIS',
      'reed [-alevel] [--all] file ...',
      '# DESCRIPTION',
      'The reed utility reads /etc/reed.conf, see weir(5).',
      '- -a, -b level\n  First “quoted words”.',
      '  raw',
      'open(const char *path, int flags) 4.4BSD the site (https://example.org)',
    ].join('\n\n'),
  );
});

test('tables of tbl are rows with their header', async () => {
  const { text } = await read(
    '.TH X 1\n.SH T\n.TS\ntab(;) allbox;\nl l\nl l.\nName;Age\n_\nAda;T{\nthirty\nsix\nT}\nBob;40\n.TE\nAfter.\n',
  );
  expect(text).toBe('# T\n\n| Name | Age |\n| --- | --- |\n| Ada | thirty six |\n| Bob | 40 |\n\nAfter.');
});

test('a page that stands for another names it', async () => {
  expect(await textOf('.so man1/reed.1\n')).toBe('See man1/reed.1.');
});

test.each([
  ['strings within strings', '.ds a \\*(b\\*(b\\*(b\\*(b\n.ds b \\*(a\\*(a\\*(a\\*(a\n\\*a end\n'],
  ['open conditions', `${'.if t \\{\n'.repeat(100_000)}end\n`],
  ['conditions within conditions', `${'.if n '.repeat(3_000)}end\nend\n`],
  ['open definitions', `${'.de x\n'.repeat(100_000)}`.concat('..\nend\n')],
  ['joined lines', `${'a\\\n'.repeat(100_000)}end\n`],
  ['depth', `${'.RS\n'.repeat(100_000)}end\n`],
  ['tags', `${'.TP\n.TQ\n'.repeat(50_000)}end\n`],
  ['a long line', `end ${'\\fB'.repeat(1_000_000)}\n`],
  ['lists', `.Sh S\n${'.Bl -tag\n.It Fl a\n'.repeat(20_000)}end\n`],
])('hostile pages are read in one pass: %s', async (_, source) => {
  expect(await textOf(`${source.startsWith('.Sh') ? '' : '.SH S\n'}${source}`)).toMatch(/^# S/);
});
