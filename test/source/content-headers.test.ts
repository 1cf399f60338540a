import { expect, test } from 'vitest';
import { dispositionName } from '../../src/source/disposition-name.ts';
import { judgeMediaType, parseContentType } from '../../src/source/document-media-type.ts';

test.each([
  ['text/html', 'text/html', null],
  ['Text/HTML ; Charset="UTF-8"', 'text/html', 'utf-8'],
  ['text/plain; boundary=x; charset=windows-1252', 'text/plain', 'windows-1252'],
  ['text/html; charset=', 'text/html', null],
  ['nonsense', null, null],
  ['', null, null],
  [null, null, null],
])('content type %j is %j in %j', (header, mediaType, charset) => {
  expect(parseContentType(header)).toEqual({ mediaType, charset });
});

test.each([
  ['text/markdown', 'document'],
  ['application/pdf', 'document'],
  ['application/xhtml+xml', 'document'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document'],
  ['application/octet-stream', 'unknown'],
  [null, 'unknown'],
  ['image/svg+xml', 'other'],
  ['application/zip', 'other'],
  ['audio/mpeg', 'other'],
] as const)('media type %s is judged %s', (mediaType, verdict) => {
  expect(judgeMediaType(mediaType)).toBe(verdict);
});

test.each([
  ['attachment; filename="a b.pdf"', 'a b.pdf'],
  ['attachment; filename=plain.pdf', 'plain.pdf'],
  ['attachment; filename="a\\"b.pdf"', 'a"b.pdf'],
  ['attachment; filename="..\\\\..\\\\x.pdf"', 'x.pdf'],
  ["attachment; filename=old.pdf; filename*=utf-8''%E2%82%AC.pdf", '€.pdf'],
  ["attachment; filename=old.pdf; filename*=utf-8''%FF.pdf", 'old.pdf'],
  ['attachment; filename="a\u0000\u001b.pdf"', 'a.pdf'],
  ['attachment; filename=".."', null],
  ['inline', null],
  [null, null],
])('disposition %j proposes %j', (header, name) => {
  expect(dispositionName(header)).toBe(name);
});
