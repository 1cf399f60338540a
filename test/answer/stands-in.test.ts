import { expect, test } from 'vitest';
import { standsIn, wordSequence } from '../../src/answer/stands-in.ts';

const check = (sentence: string, text: string) => standsIn(wordSequence(sentence), wordSequence(text));
const TEXT = 'The old pump in the cellar was bought in 2019 by Ada Lovelace.';

test.each(['Old pump in cellar bought in 2019.', 'the old pumps in the cellar were bought in 2019', TEXT])(
  '%j stands in it',
  (sentence) => expect(check(sentence, TEXT)).toBe(true),
);

test.each([
  'The old pump in the cellar was not bought in 2019.',
  'The old pump in the cellar was bought in 2018.',
  'The old pump in the cellar was sold in 2019.',
  'The old pump was bought in 2019.',
  'The pump.',
])('%j does not', (sentence) => expect(check(sentence, TEXT)).toBe(false));

test('what a text denies does not stand in it', () =>
  expect(check('the pump was bought in 2019', "It isn't so that the pump was bought in 2019.")).toBe(false));
