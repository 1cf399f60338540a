import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../src/retrieve/parse-query.ts';
import { readOperators } from '../../../src/retrieve/query/read-operators.ts';
import { createRandom } from '../../chunk/markdown-like.ts';

const conditions = (query: string) =>
  readOperators(query).filters.map(({ conditions, negated }) => (negated ? { not: conditions } : conditions));

describe('conditions on documents', () => {
  test.each<[string, string, object[]]>([
    ['leave type:pdf', 'leave', [{ types: ['pdf'] }]],
    ['type:PDF,.markdown leave', 'leave', [{ types: ['pdf', 'md'] }]],
    ['leave path:docs/', 'leave', [{ paths: ['docs/'] }]],
    ['leave path:"my docs/" days', 'leave days', [{ paths: ['my docs/'] }]],
    ['leave tag:hr,2024', 'leave', [{ tags: ['hr', '2024'] }]],
    ['symbol:readLeave', 'readLeave', [{ symbols: ['readLeave'] }]],
    ['days symbol:std::vector left', 'days std::vector left', [{ symbols: ['std::vector'] }]],
    ['leave -symbol:parse', 'leave', [{ not: { symbols: ['parse'] } }]],
    ['leave in:work', 'leave', [{ collections: ['work'] }]],
    ['leave collection:work', 'leave', [{ collections: ['work'] }]],
    ['leave -type:pdf', 'leave', [{ not: { types: ['pdf'] } }]],
    ['leave Type:pdf Tag:x', 'leave', [{ types: ['pdf'] }, { tags: ['x'] }]],
    ['leave since:2024-03', 'leave', [{ since: '2024-03-01T00:00:00.000Z' }]],
    ['leave after:2024-03', 'leave', [{ since: '2024-04-01T00:00:00.000Z' }]],
    ['leave before:2024-06', 'leave', [{ until: '2024-05-31T23:59:59.999Z' }]],
    ['leave until:2024-06-30', 'leave', [{ until: '2024-06-30T23:59:59.999Z' }]],
    ['leave until:2024', 'leave', [{ until: '2024-12-31T23:59:59.999Z' }]],
  ])('%j looks for %j among %j', (query, rest, expected) => {
    expect(readOperators(query).rest).toBe(rest);
    expect(conditions(query)).toEqual(expected);
  });
});

describe('words that must not be there', () => {
  test.each<[string, string, string[]]>([
    ['jaguar -car', 'jaguar', ['car']],
    ['-car jaguar', 'jaguar', ['car']],
    ['jaguar -"sports car" -racing', 'jaguar', ['sports car', 'racing']],
    ['jaguar -“sports car”', 'jaguar', ['sports car']],
    ['jaguar -first-class', 'jaguar', ['first-class']],
    ['東京 -京都', '東京', ['京都']],
    [
      'What does the old handbook say about taking leave? -parental',
      'What does the old handbook say about taking leave?',
      ['parental'],
    ],
  ])('%j looks for %j without %j', (query, rest, excluded) => {
    expect(readOperators(query)).toMatchObject({ rest, excluded });
  });
});

describe('what only looks like an operator stays words', () => {
  test.each([
    'std::vector push_back',
    'a: b',
    'note: since: then',
    'below -5 degrees',
    'press C-x C-f',
    'first-quarter results',
    'git log --since 2024',
    'git commit --amend -message',
    'tar -xzf archive',
    'ls -la | grep -name',
    'https://example.org/a:b?type:c',
    'http://localhost:8080',
    'type: pdf',
    'type:',
    'tag:',
    'since:yesterday',
    'since:2024-13',
    'before:2024-02-31',
    'path::to',
    'symbol:',
    'symbol:=>',
    'type::pdf',
    'in:a/b',
    'C:\\Users\\x',
    '10:30 meeting',
    'word - another',
    'the album -also known as- something',
    'Which of the many films that were shot there -aside from those in colour -were ever released abroad',
    '-alone',
    '"type:pdf inside quotes"',
    '"a -b phrase"',
    '-rn',
    '- list item',
    'f(x) -> y, x-y',
  ])('%j', (query) => expect(readOperators(query)).toMatchObject({ rest: query, filters: [], excluded: [] }));

  test('a piece that is named as words', () => {
    expect(parseQuery('method type:string', new Set(['type:string']))).toMatchObject({
      terms: ['method', 'type', 'string'],
      filters: [],
    });
  });
});

test('operators leave the words and the wording alone', () => {
  const parsed = parseQuery('the parental leave type:pdf -draft');
  expect(parsed).toMatchObject({
    text: 'the parental leave type:pdf -draft',
    wording: 'the parental leave',
    terms: ['parental', 'leave'],
    dropped: ['the'],
    excluded: ['draft'],
  });
});

test('anything is read without an error, and what is left has no more operators', () => {
  const random = createRandom(5);
  const pieces = [
    'type:pdf',
    '-',
    'since:2024',
    ':',
    '"',
    '“',
    '-x',
    '-word',
    ' ',
    ' ',
    'a',
    '東京',
    '\ud83d',
    'in:',
    'tag:a,b',
    '?',
    '|',
    '\n',
  ];
  for (let round = 0; round < 3000; round++) {
    const query = Array.from({ length: random(14) }, () => pieces[random(pieces.length)]).join('');
    const { rest, filters } = readOperators(query);
    expect(rest.length).toBeLessThanOrEqual(query.length);
    expect(filters.length).toBeLessThanOrEqual(32);
  }
  const started = performance.now();
  readOperators('-a'.repeat(5000));
  readOperators('type:x '.repeat(1400));
  readOperators('"'.repeat(10_000));
  expect(performance.now() - started).toBeLessThan(1000);
});

test.each([
  ['who approves travel -draft', ['-draft']],
  ['who approves travel -draft -old', ['-draft', '-old']],
  ['since:soon travel', ['since:soon']],
  ['before:2024-02-31 travel', ['before:2024-02-31']],
  ['travel -draft', []],
  ['who -aside from us- approves', []],
  ['since:2024 travel', []],
])('what looks like an operator and is none is told: %j', (text, unread) =>
  expect(readOperators(text).unread).toEqual(unread),
);
