import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/retrieve/parse-query.ts';
import { createRandom } from '../chunk/markdown-like.ts';

const terms = (query: string) => parseQuery(query).terms;
const phrases = (query: string) => parseQuery(query).phrases;

describe('words', () => {
  test.each<[string, string[]]>([
    ['leave policy', ['leave', 'policy']],
    ['  leave\n\tpolicy  ', ['leave', 'policy']],
    ['leave leave policy', ['leave', 'policy']],
    ['the policy of the firm', ['policy', 'firm']],
    ["don't what's Anna's", ['Anna']],
    ['first-quarter a.b snake_case', ['first', 'quarter', 'b', 'snake', 'case']],
    ['C++ and C#', ['C']],
    ['हिन्दी भाषा', ['हिन्दी', 'भाषा']],
    ['東京の会議', ['東京の会議']],
    ['', []],
    ['   ', []],
    ['?!*"', []],
    ['😀', []],
  ])('%j has the words %j', (query, expected) => expect(terms(query)).toEqual(expected));

  test('a query of stop words only requires each of them, and looks for them together', () => {
    expect(parseQuery('to be or not to be')).toMatchObject({
      terms: ['to be or not to be'],
      phrases: ['to', 'be', 'or', 'not'],
      dropped: [],
    });
    expect(parseQuery('What is it?')).toMatchObject({ terms: ['What is it'], phrases: ['What', 'is', 'it'] });
    expect(parseQuery('IT')).toMatchObject({ terms: ['IT'], phrases: [] });
  });

  test('what was dropped is told', () => {
    expect(parseQuery('the leave policy')).toMatchObject({ terms: ['leave', 'policy'], dropped: ['the'] });
  });

  test('letters and their marks apart are one letter', () => expect(terms('Zu\u0308rich')).toEqual(['Zürich']));
});

describe('phrases', () => {
  test.each<[string, string[], string[]]>([
    ['"exact words"', ['exact words'], []],
    ['policy "sick leave"', ['sick leave'], ['policy']],
    ['“curly quotes” „niedrige“ «angles»', ['curly quotes', 'niedrige', 'angles'], []],
    ['"one" "two"', ['one', 'two'], []],
    ['"unclosed phrase', [], ['unclosed', 'phrase']],
    ['"" "  " "!"', [], []],
    ['"the"', ['the'], []],
    ['"東京都"', ['東京都'], []],
  ])('%j has the phrases %j and the words %j', (query, expectedPhrases, expectedTerms) => {
    expect(phrases(query)).toEqual(expectedPhrases);
    expect(terms(query)).toEqual(expectedTerms);
  });

  test('in a question quotes are emphasis, and their words are still looked for', () => {
    const { phrases, terms } = parseQuery('What does "force majeure" mean?');
    expect(phrases).toEqual([]);
    expect(terms).toEqual(expect.arrayContaining(['force', 'majeure', 'mean']));
  });
});

test('a query is never longer than what is read of it, and parsing again changes nothing', () => {
  expect(parseQuery('word '.repeat(100_000)).text.length).toBeLessThanOrEqual(10_000);
  const random = createRandom(9);
  const pieces = [
    '"',
    '“',
    '”',
    '«',
    '»',
    "'",
    '’s',
    ' ',
    'word',
    'the',
    'Is',
    '?',
    '\0',
    '\ud83d',
    '😀',
    '東京',
    '\n',
    '-',
    '_',
    'é',
    '\u0301',
  ];
  for (let round = 0; round < 2000; round++) {
    const query = Array.from({ length: random(20) }, () => pieces[random(pieces.length)]).join('');
    const parsed = parseQuery(query);
    expect(parseQuery(parsed.text)).toEqual(parsed);
    for (const term of [...parsed.terms, ...parsed.phrases]) expect(term).toMatch(/[\p{L}\p{N}\p{M}]/u);
    expect(new Set(parsed.terms).size).toBe(parsed.terms.length);
  }
});
