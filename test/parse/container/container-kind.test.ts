import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { expect, test } from 'vitest';
import { containerKind } from '../../../src/parse/container/container-kind.ts';
import { writeZip } from '../write-zip.ts';

const tar = await packTar([{ header: { name: 'a.md', size: 1 }, body: 'x' }]);
const zip = writeZip([{ name: 'a.md', data: 'x' }]);
const office = writeZip([{ name: 'word/document.xml', data: 'x' }]);
const mailbox = 'From a@example.org Mon Mar  2 10:00:00 2020\nSubject: x\n\ny\n';
const posts = '<?xml version="1.0" encoding="utf-8"?>\r\n<posts>\r\n  <row Id="1" PostTypeId="1" />\r\n</posts>';

test.each<[string, Uint8Array | string, string, string | null]>([
  ['a zip archive, whatever its name', zip, 'x.bin', 'zip'],
  ['an office document', office, 'x.zip', null],
  ['a damaged office document', zip, 'x.docx', null],
  ['a tar archive', tar, 'x', 'tar'],
  ['a packed tar archive', gzipSync(tar), 'x.gz', 'tar.gz'],
  ['posts all in one line, which is read as any XML', '<posts><row Id="1" /></posts>', 'Posts.xml', null],
  ['one packed file', gzipSync('text'), 'x.tar.gz', null],
  ['damaged packed data', gzipSync(tar).subarray(0, 12), 'x.tgz', null],
  ['a mailbox', mailbox, 'inbox', 'mailbox'],
  ['a text that begins with From', 'From here on\nSubject: x\n', 'x.mbox', null],
  ['posts of Stack Exchange', posts, 'Posts.xml', 'posts'],
  ['other XML', '<posts><post/></posts>', 'Posts.xml', null],
  ['nothing', '', 'x.zip', null],
])('%s', (_name, bytes, name, kind) => {
  expect(containerKind(Buffer.from(bytes as string), name, true)).toBe(kind);
});
