import { expect, test } from 'vitest';
import { nameWords } from '../../src/domain/name-words.ts';

const check = (uri: string, title: string, expected: string) => expect(nameWords(uri, title)).toBe(expected);

test('the words of a file name that the title does not say', () => {
  check('file:///base/people/onboarding.md', 'Your first ninety days', 'onboarding');
  check('file:///base/leave-policy-2026.md', 'Leave policy', '2026');
  check('file:///base/Leave-Policy.md', 'leave policy', '');
  check('file:///base/onCallRota.tsv', 'Who is when', 'on call rota');
});
test('encoded and foreign names are read as they are written', () => {
  check('file:///base/J%C3%BCrgens%20Notizen.txt', 'Allerlei', 'jürgens notizen');
  check('file:///base/100%25%zz.txt', '', '');
  check('file:///base/札幌案内所.txt', '', '札幌案内所');
});
test('the address of a page loses its query', () =>
  check('https://example.org/docs/install.html?ref=a#b', 'Start', 'install'));
test('names that are numbers or codes say nothing', () => {
  check('file:///base/0/123.md', '', '');
  check('file:///base/8f14e45fceea167a5a36dedd4bea2543.pdf', '', '');
  check('file:///base/123e4567-e89b-42d3-a456-426614174000.pdf', '', '');
});
test('a hidden file has a name', () => check('file:///base/.gitignore', '', 'gitignore'));
test('a name without bound is read to a bound', () =>
  expect(nameWords(`file:///${'abc-'.repeat(10_000)}`, '').length).toBeLessThanOrEqual(256));
