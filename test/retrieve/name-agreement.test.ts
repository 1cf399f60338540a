import { expect, test } from 'vitest';
import { createNameAgreement } from '../../src/retrieve/name-agreement.ts';

const agreement = (terms: readonly string[], ...headingPath: readonly string[]) =>
  createNameAgreement(terms)(headingPath);

test.each([
  [['parseConfig'], ['parseConfig']],
  [['parse', 'config'], ['parseConfig']],
  [['parse', 'config'], ['parse_config']],
  [
    ['Parser', 'parse'],
    ['class Parser', 'parse'],
  ],
  [['Parser'], ['class Parser']],
  [['peek'], ['class Parser', 'next, peek']],
])('%j is %j', (terms, path) => expect(agreement(terms, ...path)).toBe(1));

test('a question that has a name of several words in it says half of that', () =>
  expect(agreement(['how', 'parse', 'config', 'called', 'from', 'outside', 'here'], 'parseConfig')).toBe(0.5));

test.each([
  [['config'], ['parseConfigFileOfProject']],
  [['parse', 'the', 'whole', 'text', 'again'], ['parse']],
  [['parse'], []],
  [[], ['parse']],
  [['ключ'], ['parse']],
])('%j is not %j', (terms, path) => expect(agreement(terms, ...path)).toBe(0));

test('the name of the holder alone is that of the holder, not of its members', () =>
  expect(agreement(['Parser'], 'class Parser', 'peek')).toBeLessThan(agreement(['Parser'], 'class Parser')));
