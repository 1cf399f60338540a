import { describe, expect, test } from 'vitest';
import { type EntityKind, entityKinds } from '../../src/graph/entity-kinds.ts';
import { extractMentions } from '../../src/graph/extract-mentions.ts';
import { createRandom } from '../chunk/markdown-like.ts';

const mentionsOf = (text: string) =>
  extractMentions({ text, sections: [], chunks: [{ span: { start: 0, end: text.length } }] })[0]!;

/** `name:kind` of everything that is found, in order. */
const named = (text: string): string[] =>
  mentionsOf(text).mentions.map(({ span, kind }) => `${text.slice(span.start, span.end)}:${kind}`);

const related = (text: string): string[] => {
  const { mentions, relations } = mentionsOf(text);
  const at = (i: number) => text.slice(mentions[i]!.span.start, mentions[i]!.span.end);
  return relations.map(({ kind, from, to }) => `${at(from)} -${kind}-> ${at(to)}`);
};

test('at least fifteen kinds are known', () => {
  expect(entityKinds.length).toBeGreaterThanOrEqual(15);
  expect(new Set(entityKinds.map(({ kind }) => kind)).size).toBe(entityKinds.length);
});

test.each<[string, string, EntityKind]>([
  ['we met Dr. Anna Keller there', 'Anna Keller', 'person'],
  ['a study by the University of Oslo showed', 'University of Oslo', 'organisation'],
  ['built by Acme Rail GmbH last year', 'Acme Rail GmbH', 'organisation'],
  ['they moved to New Zealand', 'New Zealand', 'place'],
  ['along the Danube River', 'Danube River', 'place'],
  ['after the Battle of Hastings', 'Battle of Hastings', 'event'],
  ['he wrote "The Long Night" at home', 'The Long Night', 'work'],
  ['see [[Release plan|the plan]] first', 'Release plan', 'document'],
  ['as [told](notes/setup.md#linux) there', 'notes/setup.md#linux', 'document'],
  ['call `parseQuery()` first', 'parseQuery()', 'symbol'],
  ['the snake_case_name is read', 'snake_case_name', 'symbol'],
  ['edit `src/index.ts` now', 'src/index.ts', 'file'],
  ['write to jo.doe@example.org today', 'jo.doe@example.org', 'email'],
  ['at https://example.org/a/b?c=1, they say', 'https://example.org/a/b?c=1', 'url'],
  ['on 2024-03-01 it rained', '2024-03-01', 'date'],
  ['on March 1, 2024 it rained', 'March 1, 2024', 'date'],
  ['am 1. März 2024 regnete es', '1. März 2024', 'date'],
  ['in Q3 2024 sales rose', 'Q3 2024', 'date'],
  ['it costs $1.5 million a year', '$1.5 million', 'money'],
  ['it costs 1.200,50 € a year', '1.200,50 €', 'money'],
  ['a file of 20 GB is large', '20 GB', 'quantity'],
  ['ticket INC-2041 is open', 'INC-2041', 'identifier'],
  ['as RFC 2119 has it', 'RFC 2119', 'identifier'],
  ['with ISO/IEC 27001 in mind', 'ISO/IEC 27001', 'identifier'],
  ['since version 2.10.3 it works', '2.10.3', 'version'],
  ['the NATO said', 'NATO', 'acronym'],
  ['a **fixed point** is meant', 'fixed point', 'concept'],
  ['thanks to @maria for it', '@maria', 'tag'],
])('in "%s" there is %s, a %s', (text, name, kind) => expect(named(text)).toContain(`${name}:${kind}`));

describe('names', () => {
  test('of, the, de and van stand inside them', () => {
    expect(named('he saw Vincent van Gogh and the Queen of the Netherlands')).toEqual(
      expect.arrayContaining(['Vincent van Gogh:person', 'Queen of the Netherlands:person']),
    );
  });
  test('"and" joins two, and both are found too', () => {
    expect(named('we heard Simon and Garfunkel')).toEqual([
      'Simon and Garfunkel:person',
      'Simon:name',
      'Garfunkel:name',
    ]);
  });
  test('a word that begins a sentence is one only if it stands inside a sentence elsewhere', () => {
    expect(named('Tables are large. Trees are green.')).toEqual([]);
    expect(named('Berta came. Then we saw Berta again.')).toEqual(['Berta:name']);
  });
  test('initials do not end a sentence', () =>
    expect(named('by J. R. R. Tolkien himself')).toContain('J. R. R. Tolkien:name'));
  test('a name may go on after the line break of a paragraph', () => {
    expect(named('a long line of text that says who it was, namely Shirley\nTemple of the films')).toContain(
      'Shirley\nTemple:name',
    );
  });
  test('the same day in two notations is one entity', () => {
    const { mentions } = mentionsOf('on 2024-03-01 and on March 1, 2024 and on 1 March 2024');
    expect(mentions).toMatchObject([{ kind: 'date', count: 3 }]);
  });
  test('amounts that differ in one digit are two', () => {
    expect(mentionsOf('from $100 to $101 and 2.1.0 to 2.1.1').mentions).toHaveLength(4);
  });
  test('texts without capitals have names in title marks and words that come again', () => {
    expect(named('他喜歡《紅樓夢》這本書。')).toContain('紅樓夢:work');
    expect(named('東京にある店。また東京に行く。')).toContain('東京:concept');
  });
});

describe('relations', () => {
  test.each([
    ['The Opera House is located in Sydney.', 'Opera House -located in-> Sydney'],
    ['In spring Maria Rossi founded Acme Corp.', 'Maria Rossi -founded-> Acme Corp'],
    ['In spring Acme Corp was founded by Maria Rossi.', 'Maria Rossi -founded-> Acme Corp'],
    ['We know that Anna Keller works for Acme Corp.', 'Anna Keller -works for-> Acme Corp'],
    ['We know that Project Atlas replaces Project Nova.', 'Project Atlas -replaces-> Project Nova'],
    ['The service `billing` depends on `ledger`.', 'billing -depends on-> ledger'],
    ['Old Town is part of New York.', 'Old Town -part of-> New York'],
  ])('%s', (text, expected) => expect(related(text)).toContain(expected));

  test('an abbreviation in parentheses is what stands before it', () => {
    expect(related('the World Health Organization (WHO) said')).toContain(
      'WHO -also called-> World Health Organization',
    );
    expect(related('the house (WHO) said')).toEqual([]);
  });
  test('none reaches over the end of a sentence', () => {
    expect(related('He met Anna Keller. It is part of Acme Corp.')).toEqual([]);
  });
});

test('mentions lie inside their chunk, in order, and their number is bounded by its length', () => {
  const random = createRandom(7);
  const parts = [
    'Anna Keller',
    ' ',
    '. ',
    '\n',
    '[[',
    ']]',
    '`a_b`',
    '(',
    ')',
    '**',
    '"',
    '@',
    '://',
    'of',
    '12',
    '€',
    '東京',
    '\u0301',
    '#1',
    'Ⅷ',
    '\ud83d',
  ];
  for (let round = 0; round < 200; round++) {
    const text = Array.from({ length: random(120) }, () => parts[random(parts.length)]).join('');
    const cut = random(text.length + 1);
    const spans = [
      { start: 0, end: cut },
      { start: cut, end: text.length },
    ];
    extractMentions({ text, sections: [], chunks: spans.map((span) => ({ span })) }).forEach(({ mentions }, i) => {
      const { start, end } = spans[i]!;
      expect(mentions.length).toBeLessThanOrEqual(4 + (end - start) / 60);
      let last = start;
      for (const { span } of mentions) {
        expect(span.start).toBeGreaterThanOrEqual(last);
        expect(span.end).toBeLessThanOrEqual(end);
        expect(span.end).toBeGreaterThan(span.start);
        last = span.start;
      }
    });
  }
});

/** The least processor time of three runs, in microseconds; below a few milliseconds nothing is told apart. */
const costOf = (text: string): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const before = process.cpuUsage();
      mentionsOf(text);
      return process.cpuUsage(before).user;
    }),
  );
const LEAST_COST = 4000;

test.each(['(', '[[', '](', '`', '**', '"', '@a', 'http://', 'A ', 'A.', '1.', 'Aa1_', '\n', 'A and ', '$', '東'])(
  'to read a text of %j only costs as its length, not as the square of it',
  (part) => {
    const [short, long] = [25_000, 200_000].map((length) => costOf(part.repeat(length / part.length)));
    // Eight times as long: the square would cost 64 times as much.
    expect(long! / Math.max(LEAST_COST, short!)).toBeLessThan(30);
  },
);
