import { expect, test } from 'vitest';
import { coverage, evidenceRecall, withinBudget } from '../../src/evaluate/evidence.ts';

const passage = (key: string, text: string, tokens = 100) => ({ keys: [key], text, tokens });

test('coverage is the share of runs of three words that are there', () => {
  const text = 'Each parent has 26 weeks of parental leave, on full pay.';
  expect(coverage('26 weeks of PARENTAL leave on full pay', [text])).toBe(1);
  // "26 weeks of" is there; "weeks of holiday" is not.
  expect(coverage('26 weeks of holiday', [text])).toBe(0.5);
  expect(coverage('leave full', [text])).toBe(0);
  expect(coverage('26', [text])).toBe(1);
  expect(coverage('2', [text])).toBe(0);
  expect(coverage('…', [text])).toBe(0);
});

test('what is cut between two passages counts for both parts', () => {
  expect(coverage('a b c d e f', ['x a b c d', 'c d e f y'])).toBe(1);
  expect(coverage('一万円まで', ['補助は一万円までです'])).toBe(1);
});

test('a budget takes passages until one does not fit', () => {
  const passages = [passage('a', '', 900), passage('b', '', 1200), passage('c', '', 10)];
  expect(withinBudget(passages, 2000).map(({ keys }) => keys[0])).toEqual(['a']);
  expect(withinBudget(passages, 2100)).toHaveLength(2);
  expect(withinBudget(passages, 9999)).toHaveLength(3);
  expect(withinBudget(passages, 899)).toEqual([]);
});

test('evidence counts in passages of relevant documents only', () => {
  const passages = [passage('other', 'the price is 3150 euros'), passage('gold', 'nothing here')];
  expect(evidenceRecall(passages, new Set(['gold']), ['3150'], 2000)).toBe(0);
  expect(evidenceRecall(passages, new Set(['other']), ['3150', 'not there at all'], 2000)).toBe(0.5);
});

test('without texts, documents are the evidence', () => {
  const passages = [passage('a', '', 1500), passage('b', '', 1500)];
  expect(evidenceRecall(passages, new Set(['a', 'b']), [], 2000)).toBe(0.5);
  expect(evidenceRecall(passages, new Set(['a', 'b']), [], 4000)).toBe(1);
  expect(evidenceRecall(passages, new Set(), [], 4000)).toBe(0);
});
