import { expect, test } from 'vitest';
import { openZip } from '../../src/parse/unzip.ts';
import type { RagError } from '../../src/platform/errors.ts';
import { writeZip, type ZipMember } from './write-zip.ts';

const open = (members: readonly ZipMember[], maxInflatedBytes = 1_000_000) =>
  openZip(writeZip(members), { maxInflatedBytes });
const text = (bytes: Uint8Array | null) => (bytes ? new TextDecoder().decode(bytes) : null);
const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    return (error as RagError).code;
  }
  return 'none';
};

test('stored and deflated members are read by name', () => {
  const zip = open([
    { name: 'a.txt', data: 'stored', method: 'store' },
    { name: 'dir/b.txt', data: 'deflated' },
  ]);
  expect([text(zip.read('a.txt')), text(zip.read('dir/b.txt')), zip.read('c.txt')]).toEqual([
    'stored',
    'deflated',
    null,
  ]);
});

test('part names are found whatever their case', () => {
  expect(text(open([{ name: 'Word/Document.xml', data: 'x' }]).read('word/document.xml'))).toBe('x');
});

test('sizes behind the data and in ZIP64 fields are understood', () => {
  const zip = open([
    { name: 'a', data: 'descriptor', dataDescriptor: true },
    { name: 'b', data: 'wide', zip64: true },
  ]);
  expect([text(zip.read('a')), text(zip.read('b'))]).toEqual(['descriptor', 'wide']);
});

test('junk before the archive is skipped', () => {
  const zip = Buffer.concat([Buffer.alloc(777, 0x41), writeZip([{ name: 'a', data: 'found' }])]);
  expect(text(openZip(zip, { maxInflatedBytes: 100 }).read('a'))).toBe('found');
});

test('a member that inflates past the limit is refused, whatever size it declares', () => {
  const data = Buffer.alloc(3_000_000);
  expect(codeOf(() => open([{ name: 'a', data }]).read('a'))).toBe('PARSE_TOO_LARGE');
  expect(codeOf(() => open([{ name: 'a', data, declaredBytes: 10 }]).read('a'))).toBe('PARSE_TOO_LARGE');
});

test('the limit is for all members together', () => {
  const members = ['a', 'b', 'c'].map((name) => ({ name, data: Buffer.alloc(400_000, name) }));
  const zip = open(members);
  zip.read('a');
  zip.read('b');
  expect(codeOf(() => zip.read('c'))).toBe('PARSE_TOO_LARGE');
});

test('a large member packed 1000 to 1 is refused below the limit', () => {
  const zip = open([{ name: 'a', data: Buffer.alloc(40_000_000), declaredBytes: 10 }], 100_000_000);
  expect(codeOf(() => zip.read('a'))).toBe('PARSE_TOO_LARGE');
});

test('names that lead out of the archive are never read', () => {
  const zip = open([
    { name: '../../etc/passwd', data: 'x' },
    { name: '/etc/passwd', data: 'x' },
    { name: 'C:\\evil', data: 'x' },
    { name: 'a/..\\..\\evil', data: 'x' },
    { name: 'fine..txt', data: 'ok' },
  ]);
  expect(zip.entries.map(({ name }) => name)).toEqual(['fine..txt']);
  expect(zip.refusedNames).toHaveLength(4);
});

test('members that share their data are refused', () => {
  const members = [
    { name: 'a', data: 'the same bytes, many times over' },
    { name: 'b', data: 'the same bytes, many times over', sameDataAs: 0 },
  ];
  expect(codeOf(() => open(members))).toBe('PARSE_FAILED');
});

test('an encrypted member is named as such', () => {
  expect(codeOf(() => open([{ name: 'a', data: 'x', encrypted: true }]).read('a'))).toBe('PARSE_ENCRYPTED');
});

test('every cut of an archive is refused or reads the same bytes', () => {
  const whole = writeZip([{ name: 'a', data: 'some text that is packed' }]);
  for (let length = 0; length < whole.length; length++)
    expect(codeOf(() => openZip(whole.subarray(0, length), { maxInflatedBytes: 100 }))).toBe('PARSE_FAILED');
});

test('no single changed byte makes the reader throw anything but a RagError', () => {
  const whole = writeZip([
    { name: 'a', data: 'some text that is packed' },
    { name: 'b', data: 'more', zip64: true },
  ]);
  for (let at = 0; at < whole.length; at++)
    for (const value of [0, 0x7f, 0xff]) {
      const changed = Uint8Array.from(whole);
      changed[at] = value;
      const code = codeOf(() => {
        const zip = openZip(changed, { maxInflatedBytes: 1000 });
        for (const { name } of zip.entries) zip.read(name);
      });
      expect(['none', 'PARSE_FAILED', 'PARSE_TOO_LARGE', 'PARSE_ENCRYPTED']).toContain(code);
    }
});
