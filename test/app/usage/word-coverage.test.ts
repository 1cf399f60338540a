import { expect, test } from 'vitest';
import { coverageOfHit, wordCoverage } from '../../../src/app/usage/word-coverage.ts';
import { sampleSearch } from '../../present/sample.ts';

const [sample] = sampleSearch.hits;
if (!sample) throw new Error('The sample has a hit.');
const hit = (text: string, title = '') => ({
  ...sample,
  document: { ...sample.document, title },
  chunk: { ...sample.chunk, text, headingPath: [] },
});

test('counts words, with other endings and in the title too', () => {
  expect(coverageOfHit(['weeks', 'leave'], hit('Twelve weeks.', 'Leave'))).toBe(1);
  expect(coverageOfHit(['approving', 'travels'], hit('Approval of travel'))).toBe(1);
  expect(coverageOfHit(['weeks', 'zebra'], hit('Twelve weeks.'))).toBe(0.5);
  expect(coverageOfHit(['病假'], hit('公司的病假规定'))).toBe(1);
});

test('the best of the first three hits counts, and nothing is 0', () => {
  const hits = ['none', 'none', 'weeks', 'weeks leave'].map((text) => hit(text));
  expect(wordCoverage(['weeks', 'leave'], hits)).toBe(0.5);
  expect(wordCoverage([], hits)).toBe(0);
  expect(wordCoverage(['weeks'], [])).toBe(0);
});
