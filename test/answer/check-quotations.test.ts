import { expect, test } from 'vitest';
import { createQuotationCheck } from '../../src/answer/check-quotations.ts';
import { libraryOf } from './hits.ts';

const { hits } = libraryOf([
  {
    title: 'Care of the green pump',
    headingPath: ['Rules for the cellar'],
    text: 'The **pump** must be exam-\nined every\nsix months. It has 1.5 bar, at -5 degrees. Ada’s [oil](oil.md) is the best.',
  },
  'Die Kesselprüfung ist jährlich fällig. 年假有二十五天。',
]);
const check = createQuotationCheck(hits, 'Who said "never trust the boiler" to Ada?');

test.each([
  'must be examined every six months',
  'MUST  BE EXAMINED every\nsix months.',
  "Ada's oil is the best",
  'The pump must … six months',
  'The pump [the green one] must be examined […] is the best.',
  'die Kesselprufung ist jahrlich',
  '年假有二十五天',
  'Care of the green pump',
  'Rules for the cellar',
  'never trust the boiler',
  'two words',
])('%j stands in the passages, is a name or is too short', (quoted) => expect(check(quoted)).toBe(true));

test.each([
  'must be examined every seven months',
  'six months … The pump must be',
  'The pump must … jährlich fällig',
  'It has 15 bar',
  'at 5 degrees. Ada',
  'ust be examined every six',
  'who said this to Ada',
])('%j does not stand there', (quoted) => expect(check(quoted)).toBe(false));

test('a quotation may run over two passages that touch', () => {
  const [hit] = libraryOf(['The pump must be examined. It is green and old.']).hits;
  const part = (start: number, end: number) => ({
    ...hit!,
    chunk: { ...hit!.chunk, span: { start, end }, text: hit!.chunk.text.slice(start, end) },
  });
  const touching = createQuotationCheck([part(26, 47), part(0, 26)], '');
  expect(touching('must be examined. It is green')).toBe(true);
  const apart = createQuotationCheck([part(32, 47), part(0, 26)], '');
  expect(apart('must be examined. green and old')).toBe(false);
});
