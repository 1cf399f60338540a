import { expect, test } from 'vitest';
import { findQuotations } from '../../src/answer/find-quotations.ts';

const check = (text: string, expected: string[]) =>
  expect(findQuotations(text).quotations.map((quotation) => quotation.text)).toEqual(expected);

test.each([
  ['straight', 'He said "keep it dry" twice.', 'keep it dry'],
  ['English', 'He said “keep it dry” twice.', 'keep it dry'],
  ['German', 'Er sagte „halte es trocken“ und ging.', 'halte es trocken'],
  ['German in guillemets', 'Er sagte »halte es trocken« und ging.', 'halte es trocken'],
  ['French', 'Il a dit « gardez-le au sec ».', ' gardez-le au sec '],
  ['Swedish', 'Han sade ”håll den torr” igen.', 'håll den torr'],
  ['Japanese', '彼は「乾かしておけ」と言った。', '乾かしておけ'],
  ['single', "He said 'don't let it get wet' twice.", "don't let it get wet"],
  ['single and curly', 'He said ‘don’t let it get wet’ twice.', 'don’t let it get wet'],
])('%s quotation marks', (_, text, expected) => check(text, [expected]));

test('apostrophes and inch marks open nothing', () =>
  check(`The dogs' food and the cats' toys: 5" pipe and 6" pipe, it's what's there.`, []));

test('of two quotations, one inside the other, the outer one counts', () =>
  check('“He said ‘keep it dry’ twice” is noted.', ['He said ‘keep it dry’ twice']));

test('a quotation may go over a line end, not over a blank line', () => {
  check('"keep it\ndry" and', ['keep it\ndry']);
  check('"keep it\n\ndry" and', []);
});

test('a mark that never closes hides no later quotation', () =>
  check('A “stray mark, then "keep it dry".', ['keep it dry']));

test('while the text grows, a quotation that has not closed is told as open', () => {
  expect(findQuotations('He said "keep', { growing: true })).toEqual({ quotations: [], open: 8 });
  expect(findQuotations('He said “keep it dry” an', { growing: true }).open).toBeNull();
});
