import { expect, test } from 'vitest';
import { isMailStart } from '../../src/parse/eml/mail-start.ts';
import { emlParser } from '../../src/parse/eml.ts';
import { parseBytes, refusal } from './parse-bytes.ts';

const headers =
  'From: Ada <ada@example.org>\r\nTo: Bob <bob@example.org>\r\nSubject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\nDate: Mon, 2 Mar 2020 10:00:00 +0100\r\n';

test('subject, sender and text; the rest of the headers is metadata', async () => {
  const { text, title, modifiedAt, metadata } = await parseBytes(emlParser, `${headers}\r\nHello.\r\n\r\nBye.`);
  expect(text).toBe('# Grüße\n\nFrom: Ada <ada@example.org>\n\nHello.\n\nBye.');
  expect([title, modifiedAt, metadata.to]).toEqual(['Grüße', '2020-03-02T09:00:00.000Z', 'Bob <bob@example.org>']);
});

test('windows-1252 in quoted-printable keeps its euro sign', async () => {
  const { text } = await parseBytes(
    emlParser,
    `${headers}Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n5 =80`,
  );
  expect(text).toContain('5 €');
});

test('an HTML body is read without what it hides, and attachments are named', async () => {
  const mail = `${headers}Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n<h2>News</h2><p>seen</p><p style="display:none">hidden</p>\r\n--B\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="plan.pdf"\r\n\r\nxx\r\n--B--`;
  const { text, metadata } = await parseBytes(emlParser, mail);
  expect(text).toMatch(/## News\n\nseen\n\nAttachments: plan\.pdf$/);
  expect(metadata.attachments).toEqual(['plan.pdf']);
});

test('a mailbox gives all its mails', async () => {
  const one = (subject: string) =>
    `From ada@example.org Mon Mar  2 10:00:00 2020\nFrom: a@example.org\nSubject: ${subject}\n\nBody of ${subject}\nFrom here on it is text.\n\n`;
  const { sections, metadata } = await parseBytes(emlParser, one('first') + one('second'));
  expect(sections.map((section) => section.kind === 'heading' && section.title)).toEqual(['first', 'second']);
  expect(metadata.messages).toBe(2);
});

test('text without headers is no mail', async () => {
  expect(await refusal(emlParser, 'just text\n\nmore')).toMatchObject({
    code: 'PARSE_FAILED',
    message: expect.stringContaining('headers'),
  });
});

test.each([
  [`${headers}\r\nx`, true],
  ['From a@b Mon Jun 01 10:00:00 2009\nSubject: x\n\n', true],
  ['Received: by x\n for y\nDelivered-To: z\nReturn-Path: <a>\n\nbody', true],
  ['Note: a list\nTo: do\n\nFrom: here', false],
  ['From: A\nTo: B\n\nDear B,', false],
  ['', false],
])('%j begins a mail: %s', (head, isMail) => {
  expect(isMailStart(head)).toBe(isMail);
});

test('a message within a message is attached under its subject; its text is its own', async () => {
  const mail = `${headers}Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nSee below.\r\n--B\r\nContent-Type: message/rfc822\r\n\r\nFrom: Eve <eve@example.org>\r\nSubject: =?UTF-8?Q?H=C3=B6he?=\r\n of the weir\r\n\r\nInner words.\r\n--B--`;
  const { text } = await parseBytes(emlParser, mail);
  expect(text).toMatch(/See below\.\n\nAttachments: Höhe of the weir$/);
  expect(text).not.toContain('Inner words');
});
