import { expect, test } from 'vitest';
import { markdownFileName } from '../../src/present/text/markdown-file-name.ts';

test.each([
  ['work/guide.md', 'work/guide.md'],
  ['work/report.pdf', 'work/report.pdf.md'],
  ['../../etc/passwd', 'etc/passwd.md'],
  ['https://example.com/a?b=c', 'example.com/a_b=c.md'],
  ['C:\\Users\\x.docx', 'C_/Users/x.docx.md'],
  ['con/aux.txt', '_con/_aux.txt.md'],
  ['.hidden/..', 'hidden.md'],
  ['a\u0000b\u202ec', 'a_b_c.md'],
  ['', 'document.md'],
])('%j is written to %s', (path, expected) => {
  expect(markdownFileName(path, new Set())).toBe(expected);
});

test('two that would have one name on some file system get two', () => {
  const seen = new Set<string>();
  expect(['a/B.md', 'A/b.md', 'a/b'].map((path) => markdownFileName(path, seen))).toEqual([
    'a/B.md',
    'A/b-2.md',
    'a/b-3.md',
  ]);
});

test('no part is longer than file systems take', () => {
  const name = markdownFileName(`${'😀'.repeat(300)}/${'x'.repeat(300)}`, new Set());
  for (const part of name.split('/')) expect(Buffer.byteLength(part)).toBeLessThan(255);
});
