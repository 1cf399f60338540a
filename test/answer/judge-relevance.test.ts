import { expect, test } from 'vitest';
import { judgeRelevance } from '../../src/answer/judge-relevance.ts';
import { libraryOf, type Passage } from './hits.ts';

const judge = (question: string, ...passages: (Passage | string)[]) =>
  judgeRelevance({ question, hits: libraryOf(passages).hits });

const VACATION = 'Full-time employees receive 28 days of paid vacation per year. Salaries are paid on the 25th.';

test('a passage that holds the words of the question answers it', () => {
  expect(judge('How many days of vacation do employees receive?', VACATION)).toMatchObject({
    answerable: true,
    missing: [],
  });
});

test('inflections count as the same words', () => {
  expect(judge('Which employee received vacations?', VACATION).answerable).toBe(true);
});

test('a name that no passage holds makes the question unanswerable, however near the rest', () => {
  expect(judge('What salary is paid to Zorblax?', VACATION)).toMatchObject({ answerable: false, missing: ['Zorblax'] });
  expect(judge('How many paid vacation days in 2031?', VACATION)).toMatchObject({
    answerable: false,
    missing: ['2031'],
  });
});

test('a name that only the title or a heading holds is there', () => {
  expect(
    judge('How many days of vacation does Quillmoor pay?', { text: VACATION, title: 'Quillmoor handbook' }).answerable,
  ).toBe(true);
});

test('an acronym is found where its words are', () => {
  const text = 'Employees earn paid time off every month.';
  expect(judge('Do employees earn PTO?', text).missing).toEqual([]);
});

test('capitals of German nouns and of title case are no names', () => {
  const text = 'Der Urlaub beträgt 30 Tage.';
  expect(judge('Wie viele Tage beträgt der Urlaub im Werk?', text).missing).toEqual([]);
  expect(judge('What Is The Length Of Paid Vacation?', VACATION).missing).toEqual([]);
});

test('passages about something else, no passages, and questions without words are not answerable', () => {
  expect(judge('How do I bake sourdough bread?', VACATION).answerable).toBe(false);
  expect(judge('How many days of vacation?').answerable).toBe(false);
  expect(judge('?!', VACATION).answerable).toBe(false);
});

test('Chinese and Japanese are judged by their words', () => {
  expect(judge('年假有多少天？', '员工每年享有二十五天年假。').answerable).toBe(true);
  expect(judge('年假有多少天？', '消防演习在五月举行。').answerable).toBe(false);
  expect(judge('残業の上限は何時間ですか？', '残業の上限は月45時間です。').answerable).toBe(true);
});

test('a word that the collection hardly has weighs more than common ones', () => {
  const { hits } = libraryOf([VACATION]);
  const idf = (word: string) => (word === 'jury' ? 9 : 1);
  const question = 'paid days of jury duty';
  const plain = judgeRelevance({ question, hits, idf: () => 1 });
  expect(judgeRelevance({ question, hits, idf }).coverage).toBeLessThan(plain.coverage);
});
