import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { finishDocument } from '../../src/parse/finish-document.ts';
import { inflateLz4 } from '../../src/parse/lz4.ts';
import { parseDocument } from '../../src/parse/parse-document.ts';
import { parsedDocument } from '../../src/parse/parsed-document.ts';
import { testLimits as limits } from './parse-bytes.ts';
import { writeZip } from './write-zip.ts';

const parse = (name: string, content: string | Uint8Array, mediaType?: string) =>
  parseDocument({ bytes: Buffer.from(content), name, limits, ...(mediaType ? { mediaType } : {}) });
const typeOf = async (name: string, content: string | Uint8Array, mediaType?: string) =>
  (await parse(name, content, mediaType)).type;

describe('the content is believed before the name', () => {
  test('an HTML page, whatever it is called', async () => {
    const page = '<!DOCTYPE html><html><body><p>words</p></body></html>';
    expect(await typeOf('page', page)).toBe('html');
    expect(await typeOf('page.txt', `\n<!-- saved -->\n${page}`)).toBe('html');
    expect(await parse('letter.docx', page)).toMatchObject({
      type: 'html',
      warnings: [expect.stringContaining('.docx')],
    });
  });
  test('a template in a programming language stays code', async () =>
    expect(await typeOf('page.php', '<html><body><?php echo 1; ?></body></html>')).toBe('code'));
  test('Rich Text in a .doc', async () => expect(await typeOf('a.doc', '{\\rtf1\\ansi words}')).toBe('rtf'));
  test('plain text under a name that Office uses too', async () => {
    expect(await parse('README.doc', 'Plain words, as they were written in 1993.')).toMatchObject({
      type: 'txt',
      warnings: [expect.stringContaining('.doc')],
    });
    expect(await typeOf('graph.dot', 'digraph { a -> b }')).toBe('txt');
    await expect(parse('report.docx', 'Not found')).rejects.toThrow('Named .docx, but holds plain text');
  });
  test('a Content-Type counts before the extension', async () => {
    expect(await typeOf('index.php', 'a,b\n1,2\n', 'text/csv; charset=utf-8')).toBe('csv');
    expect(await typeOf('notes.md', '# a', 'text/plain')).toBe('md');
  });
  test('calendars, cards and WebVTT, whatever they are called', async () => {
    expect(await typeOf('a.md', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR')).toBe(
      'ics',
    );
    expect(await typeOf('a', 'BEGIN:VCARD\nFN:Ada\nEND:VCARD')).toBe('vcf');
    expect(await typeOf('a.txt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nx')).toBe('subtitles');
    expect(await typeOf('a.txt', '1\n00:00:01,000 --> 00:00:02,000\nx')).toBe('subtitles');
    expect(await typeOf('feeds.xml', '<opml><body><outline text="x"/></body></opml>')).toBe('opml');
  });
  test('a page of the manual by its title, not by its number', async () => {
    expect(await typeOf('reed.1', '.\\" by hand\n.TH REED 1\n.SH NAME\nreed\n')).toBe('man');
    expect(await typeOf('reed.8.gz', gzipSync('.Dd March 1, 2026\n.Dt REED 8\n.Sh NAME\n.Nm reed\n'))).toBe('man');
    expect(await typeOf('pod.1', '.de Sp\n.sp\n..\n.ie n \\{\\\nx\n.TH REED 1\n.SH NAME\nreed\n')).toBe('man');
    expect(await typeOf('other.1', '.so man1/reed.1\n')).toBe('man');
    expect(await typeOf('system.log.1', 'Mar  1 10:00:00 host: .TH is no title\n')).toBe('txt');
    expect(await typeOf('hidden', '.TH\n.gitignore\n')).toBe('txt');
  });
  test('LaTeX and Org by their first command; a style stays code', async () => {
    expect(await typeOf('paper', '% draft\n\\documentclass{article}\n\\begin{document}x\\end{document}')).toBe('tex');
    expect(await typeOf('notes', '#+TITLE: Notes\n* One\n')).toBe('org');
    expect(await typeOf('own.sty', '\\ProvidesPackage{own}\n')).toBe('code');
    expect(await typeOf('README', '%% a table\n1,2\n')).toBe('txt');
  });
  test('without a name: JSON, Markdown, scripts, text', async () => {
    expect(await typeOf('x', '{"a": 1}')).toBe('json');
    expect(await typeOf('x', '# A\n\ntext\n\n# B\n')).toBe('md');
    expect(await typeOf('x', '#!/bin/sh\necho')).toBe('code');
    expect(await typeOf('x', 'plain words')).toBe('txt');
  });
});

describe('what is not to be read is named', () => {
  const refused: ReadonlyArray<readonly [string, string | Uint8Array, string, RegExp]> = [
    ['empty.md', '', 'PARSE_NO_TEXT', /empty/],
    ['blank.txt', ' \n\t\n', 'PARSE_NO_TEXT', /white space/],
    ['photo.md', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), 'PARSE_LEFT_OUT', /PNG image/],
    ['program', Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), 'PARSE_LEFT_OUT', /ELF/],
    ['data.db', Buffer.from('SQLite format 3\0x', 'latin1'), 'PARSE_LEFT_OUT', /SQLite/],
    ['movie', Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), 'PARSE_LEFT_OUT', /video/],
    ['a.zip', writeZip([{ name: 'a.txt', data: 'words' }]), 'PARSE_LEFT_OUT', /zip archive/],
    ['noise.txt', Uint8Array.from({ length: 4_000 }, (_, i) => (i * i * 31 + i * 7) & 255), 'PARSE_LEFT_OUT', /binary/],
    ['big.pdf', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n', 'PARSE_FAILED', /LFS/],
    ['bill.pdf', '<html><body>Sign in</body></html>', 'PARSE_FAILED', /HTML page/],
    ['notes.docx', 'just words', 'PARSE_FAILED', /plain text/],
    ['id_rsa', '-----BEGIN OPENSSH PRIVATE KEY-----\nx\n', 'PARSE_LEFT_OUT', /private key/],
    ['package-lock.json', '{}', 'PARSE_LEFT_OUT', /lock file/],
    ['app.js.map', '{}', 'PARSE_LEFT_OUT', /source map/],
    ['crash.fuzz', '%x\n1 0 obj\n<<>>\nendobj\n', 'PARSE_FAILED', /damaged PDF/i],
  ];
  test.each(refused)('%s', async (name, content, code, message) => {
    await expect(parse(name, content)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe('single compressed files', () => {
  test('gzip', async () =>
    expect(await parse('notes.md.gz', gzipSync('# Title\n'))).toMatchObject({ type: 'md', title: 'Title' }));
  test('a bomb stops at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(limits.maxInflatedBytes + 1));
    await expect(parse('a.txt.gz', bomb)).rejects.toMatchObject({ code: 'PARSE_TOO_LARGE' });
  });
  test('only one layer is taken off', async () => {
    await expect(parse('a.gz', gzipSync(gzipSync('words')))).rejects.toMatchObject({ code: 'PARSE_LEFT_OUT' });
  });
  test('lz4: literals, an overlapping match and an end mark', () => {
    const block = [0x31, 97, 98, 99, 3, 0, 0x10, 33];
    const frame = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0xc0, block.length, 0, 0, 0, ...block, 0, 0, 0, 0]);
    expect(Buffer.from(inflateLz4(frame, 100)).toString()).toBe('abcabcab!');
    expect(() => inflateLz4(frame, 5)).toThrow(/more than 5 bytes/);
    expect(() => inflateLz4(frame.subarray(0, 14), 100)).toThrow(/Damaged/);
  });
});

describe('the last check', () => {
  const known = { type: 'txt', mediaType: 'text/plain' };
  test('spans move along when the text is brought into the stored form', () => {
    const text = 'e\u0301a\r\nb';
    const { text: stored, blocks } = finishDocument(
      parsedDocument({
        ...known,
        text,
        blocks: [
          { kind: 'paragraph', span: { start: 0, end: 3 } },
          { kind: 'paragraph', span: { start: 5, end: 6 } },
        ],
      }),
      limits,
    );
    expect(stored).toBe('\u00e9a\nb');
    expect(blocks.map(({ span }) => stored.slice(span.start, span.end))).toEqual(['\u00e9a', 'b']);
  });
  test('blocks that overlap or leave the text are dropped', () => {
    const span = (start: number, end: number) => ({ kind: 'paragraph' as const, span: { start, end } });
    const { blocks } = finishDocument(
      parsedDocument({ ...known, text: 'abcdef', blocks: [span(2, 4), span(0, 3), span(5, 9)] }),
      limits,
    );
    expect(blocks).toEqual([span(0, 3)]);
  });
  test('NULs and lone surrogates do not reach the store', () => {
    expect(finishDocument(parsedDocument({ ...known, text: 'a\0b\ud800c' }), limits).text).toBe('a b\ufffdc');
  });
});
