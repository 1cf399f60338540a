import { describe, expect, test } from 'vitest';
import { type SplitOptions, splitSentences } from '../../src/answer/split-sentences.ts';
import { randomText, seededRandom } from './hits.ts';

const split = (text: string, options?: SplitOptions) =>
  splitSentences(text, options).map((sentence) => text.slice(sentence.span.start, sentence.span.end));
const kinds = (text: string) => splitSentences(text).map((sentence) => sentence.kind);

describe('sentences end where they end', () => {
  test.each([
    ['Dr. Smith arrived. He sat down.', ['Dr. Smith arrived.', 'He sat down.']],
    ['See No. 5 and Fig. 2 below. No. Then go.', ['See No. 5 and Fig. 2 below.', 'No.', 'Then go.']],
    ['It costs e.g. 5 EUR, i.e. little. Fine.', ['It costs e.g. 5 EUR, i.e. little.', 'Fine.']],
    ['J. R. R. Tolkien wrote it. It is long.', ['J. R. R. Tolkien wrote it.', 'It is long.']],
    ['Take vitamin C. The dose is small.', ['Take vitamin C.', 'The dose is small.']],
    ['Version 1.2.3 needs Node.js 20. Update now!', ['Version 1.2.3 needs Node.js 20.', 'Update now!']],
    ['Das gilt z. B. am 3. Mai. Danach nicht.', ['Das gilt z. B. am 3. Mai.', 'Danach nicht.']],
    ['年假有二十五天。病假另计！可以结转吗？', ['年假有二十五天。', '病假另计！', '可以结转吗？']],
    ['残業は月45時間までです。申請が必要です。', ['残業は月45時間までです。', '申請が必要です。']],
    ['सूर्य पूर्व में उगता है। चाँद रात में दिखता है।', ['सूर्य पूर्व में उगता है।', 'चाँद रात में दिखता है।']],
    ['السياسة صالحة. هل تنتهي؟ نعم.', ['السياسة صالحة.', 'هل تنتهي؟', 'نعم.']],
    ['She said "Stop." Then she left.', ['She said "Stop."', 'Then she left.']],
    ['*A larger database.* Rejected.', ['*A larger database.*', 'Rejected.']],
    ['Never. __Not once.__ Ever.', ['Never.', '__Not once.__', 'Ever.']],
  ])('%s', (text, sentences) => expect(split(text)).toEqual(sentences));
});

test('a hard-wrapped sentence is one sentence', () => {
  const text = 'The pump must be serviced every six months by a person who\nholds a certificate. It is in the cellar.';
  expect(split(text)).toEqual([text.slice(0, text.indexOf(' It is')), 'It is in the cellar.']);
});

test('short lines of an address or a form stay apart', () => {
  expect(split('Quay 4\nPort Ellery\nPhone: 123\nFax: 456')).toHaveLength(4);
});

test('list items, headings, table rows and code are told apart and lose their marks', () => {
  const text =
    '# Rules\n\nBring:\n\n- a lamp\n- [x] a rope\n\n1) go\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx = 1\n```\n';
  expect(split(text)).toEqual(['Rules', 'Bring:', 'a lamp', 'a rope', 'go', '| a | b |', '| 1 | 2 |', 'x = 1']);
  expect(kinds(text)).toEqual([
    'heading',
    'sentence',
    'list-item',
    'list-item',
    'list-item',
    'table-row',
    'table-row',
    'code',
  ]);
});

test('an underlined heading is a heading', () => {
  expect(kinds('Rules\n=====\n\nBody text here.')).toEqual(['heading', 'sentence']);
});

test('code ends with its last line that says something', () => {
  const text = '/*\nNeeds two.\n*/\n\nx = [\n  1,\n]\n\n}';
  expect(split(text, { layout: 'code' })).toEqual(['/*\nNeeds two.', 'x = [\n  1,']);
});

test('each line of a table of records stands alone', () => {
  expect(split('name, age\nname: Ada; age: 36', { layout: 'lines' })).toEqual(['name, age', 'name: Ada; age: 36']);
});

test('spans are in order, apart, trimmed and whole, and no letter is lost', () => {
  const random = seededRandom(7);
  for (let round = 0; round < 150; round++) {
    const text = randomText(random, 1 + Math.floor(random() * 20));
    for (const layout of ['prose', 'lines', 'code'] as const) {
      let end = 0;
      let outside = '';
      for (const { span } of splitSentences(text, { layout })) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(span.end).toBeGreaterThan(span.start);
        const own = text.slice(span.start, span.end);
        expect(own).toBe(own.trim());
        expect(/^[\udc00-\udfff]/.test(own)).toBe(false);
        outside += text.slice(end, span.start);
        end = span.end;
      }
      outside += text.slice(end);
      // Only list marks and the words behind an opening fence may stay outside.
      expect(outside.replace(/\b\d{1,3}(?=[.)])/g, '').replace(/```.*/g, '')).not.toMatch(/\p{L}{2}/u);
    }
  }
});

test('a sentence without an end is cut into readable parts', () => {
  const parts = split(`${'word '.repeat(1000)}end`);
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(420);
  expect(parts.join(' ')).toBe(`${'word '.repeat(1000)}end`);
});

test('a hundred thousand pipes, brackets or dots cost no more than their length', () => {
  const started = performance.now();
  for (const piece of ['|', '-', '= ', '. ', '> ', '- ', '#', '`', '(']) {
    splitSentences(piece.repeat(50_000));
    splitSentences(`${piece.repeat(50_000)}x`);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});
