import { expect, test } from 'vitest';
import { legacyOfficeParsers } from '../../src/parse/ole.ts';
import { refusal } from './parse-bytes.ts';

const ole = (stream: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), Buffer.from(stream, 'utf16le')]);
const doc = legacyOfficeParsers[0]!;

test.each([
  ['WordDocument', 'PARSE_UNSUPPORTED', 'Word 97-2003'],
  ['Workbook', 'PARSE_UNSUPPORTED', 'Excel 97-2003'],
  ['PowerPoint Document', 'PARSE_UNSUPPORTED', 'PowerPoint 97-2003'],
  ['__properties_version1.0', 'PARSE_UNSUPPORTED', 'Outlook message'],
  ['EncryptedPackage', 'PARSE_ENCRYPTED', 'password'],
  ['something else', 'PARSE_UNSUPPORTED', 'OLE'],
])('an OLE file with %s is refused as %s', async (stream, code, words) => {
  expect(await refusal(doc, ole(stream))).toMatchObject({ code, message: expect.stringContaining(words) });
});
