import { expect, test } from 'vitest';
import { jsonParser } from '../../src/parse/json.ts';
import { indentJson } from '../../src/parse/json-indent.ts';
import { parseBytes } from './parse-bytes.ts';

const parse = (text: string) => parseBytes(jsonParser, text);

test('readable JSON keeps its own lines', async () => {
  const source = '{\n  "a": 1\n}\n';
  expect(await parse(source)).toMatchObject({ text: source, firstLine: 1, warnings: [] });
});

test('one long line is laid out anew, without line numbers', async () => {
  const records = Array.from({ length: 60 }, (_, id) => ({ id, tags: [1, 2], name: `station ${id}` }));
  const document = await parse(JSON.stringify(records));
  expect(document.firstLine).toBeNull();
  expect(JSON.parse(document.text)).toEqual(records);
  expect(document.blocks.length).toBeGreaterThan(5);
});

test('laying out changes nothing but white space', () => {
  const source = '{"a":[1,-2.5e+3,true,null],"b":{"c":"x\\"]{ \\\\"},"a":[],"d":{}}';
  expect(indentJson(source).replace(/\s/g, '')).toBe(source.replace(/\s/g, ''));
  expect(indentJson(source)).toContain('"a": [1, -2.5e+3, true, null]');
});

test('records on lines, whatever the extension says', async () => {
  const { blocks, firstLine } = await parse('{"id":1}\n{"id":2}\n\n{"id":3}');
  expect(firstLine).toBe(1);
  expect(blocks.map(({ kind }) => kind)).toEqual(['record', 'record', 'record']);
});

test('what does not parse is kept as text, and the warning says where', async () => {
  const document = await parse('{\n  "a": "canary",\n}');
  expect(document.text).toContain('canary');
  expect(document.warnings).toEqual([expect.stringContaining('line 3')]);
});

test('100,000 levels neither overflow nor blow up', async () => {
  const { text } = await parse(`${'['.repeat(100_000)}1${']'.repeat(100_000)}`);
  expect(text.length).toBeLessThan(400_000);
});

test('__proto__ sets nothing', async () => {
  await parse('{"__proto__":{"polluted":1}}');
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
