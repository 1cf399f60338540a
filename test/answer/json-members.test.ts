import { describe, expect, test } from 'vitest';
import { jsonMembers } from '../../src/answer/json-members.ts';
import { seededRandom } from './hits.ts';

const members = (text: string) =>
  jsonMembers(text).map(({ path, name, value }) => [...path, `${name}=${value}`].join('/'));

describe('members of JSON', () => {
  test.each([
    ['{"a": 1, "b": "x", "c": true, "d": null, "e": -1.5e3}', ['a=1', 'b=x', 'c=true', 'd=null', 'e=-1.5e3']],
    ['{"a": {"b": {"c": 1}, "d": 2}, "e": 3}', ['a/b/c=1', 'a/d=2', 'e=3']],
    ['{"a": ["x", 2, false], "b": [{"c": 1}, {"c": 2}], "d": []}', ['a=x, 2, false', 'b/c=1', 'b/c=2']],
    ['{"a \\"b\\"": "line\\nbreak \\u00e9", "c": "\\q"}', ['a "b"=line\nbreak é', 'c=\\q']],
    ['{"id":1}\n{"id":2}', ['id=1', 'id=2']],
    ['{"colon": "a: b", "brace": "{", "quote": "\\""}', ['colon=a: b', 'brace={', 'quote="']],
  ])('%s', (text, expected) => expect(members(text)).toEqual(expected));

  test('what is cut off at either end is passed over', () => {
    expect(members('of 44 floods.","commander":"Ravi"}\n{"id":"INC-1","cause":"Retention had')).toEqual([
      'commander=Ravi',
      'id=INC-1',
    ]);
    expect(members('  "replicas": 3,\n  "days": 4\n},\n"next": 5')).toEqual(['replicas=3', 'days=4', 'next=5']);
  });

  test('members of one object have the same record', () => {
    const records = jsonMembers('[{"a":1,"b":2},{"a":3}]').map(({ record }) => record);
    expect(records[0]).toBe(records[1]);
    expect(records[2]).not.toBe(records[0]);
  });

  test.each(['no JSON at all', '["a", "b"]', '', '{', '"', '{"a"', '{"a":', '{{{}}}}}', '[1, 2'])(
    '%j has none',
    (text) => expect(members(text)).toEqual([]),
  );
});

test('spans are verbatim and in order, whatever the text', () => {
  const random = seededRandom(5);
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b": 1',
    '"c": "d"',
    '\\',
    '"',
    '\n',
    ' ',
    '7',
    'true',
    '"e": [1, "f"]',
  ];
  for (let round = 0; round < 500; round++) {
    let text = '';
    for (let count = random() * 60; count > 0; count--) text += pieces[Math.floor(random() * pieces.length)];
    let end = 0;
    for (const { span } of jsonMembers(text)) {
      expect(span.start).toBeGreaterThanOrEqual(end);
      expect(text[span.start]).toBe('"');
      end = span.end;
    }
    expect(end).toBeLessThanOrEqual(text.length);
  }
});

test.each(['"', '{', '[', '"a":', '"a":[', '"a": [1,', '\\"', '{"a":{"'])(
  'a text of nothing but %j is read in time that grows with its length',
  (piece) => {
    const started = performance.now();
    jsonMembers(piece.repeat(20_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(2_000);
  },
);
