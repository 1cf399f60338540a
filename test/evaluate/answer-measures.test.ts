import { describe, expect, test } from 'vitest';
import { answerOverlap, contextPrecisionOf, faithfulnessOf, statementF1 } from '../../src/evaluate/answer-measures.ts';

describe('measures of answers, by hand', () => {
  test('faithfulness is the mean support, and nothing where nothing is stated', () => {
    expect(faithfulnessOf([1, 0.5, 0])).toBe(0.5);
    expect(faithfulnessOf([])).toBeNull();
  });

  test.each([
    [[true, false, false], 1],
    [[false, true, false], 1 / 2],
    [[true, false, true], (1 + 2 / 3) / 2],
    [[false, false], 0],
    [[], null],
  ])('context precision of %j is %f', (useful, expected) => {
    expect(contextPrecisionOf(useful)).toEqual(expected === null ? null : expect.closeTo(expected, 10));
  });

  test('a long answer that has the right words loses F1, not recall', () => {
    expect(answerOverlap('24 newton metres', 'The 24 newton metres')).toEqual({ f1: 1, recall: 1 });
    expect(answerOverlap('Tighten with 24 newton metres', '24 newton metres')).toEqual({ f1: 6 / 8, recall: 1 });
    expect(answerOverlap('25 newton metres', '24 newton metres')).toEqual({ f1: 4 / 6, recall: 2 / 3 });
    expect(answerOverlap('', 'word')).toEqual({ f1: 0, recall: 0 });
  });

  test('a word that is said once counts once', () => {
    expect(answerOverlap('tea', 'tea tea')).toEqual({ f1: 2 / 3, recall: 1 / 2 });
  });

  test('F1 of statements', () => {
    expect(statementF1(2, 1, 1)).toBeCloseTo(2 / 3, 10);
    expect(statementF1(0, 0, 0)).toBeNull();
  });
});
