import { expect, test } from 'vitest';
import { findPii } from '../../src/privacy/find-pii.ts';
import { numberRuns, windowsOf } from '../../src/privacy/text/number-runs.ts';

/** What makes a pattern that tries twice try for ever. Each is long enough that time in its square would not end. */
const HOSTILE: readonly string[] = [
  '@',
  'a@',
  'a.',
  '1 ',
  '9',
  '1.',
  'a:',
  '::',
  'eyJ',
  'eyJ.',
  '-----BEGIN PRIVATE KEY-----\n',
  'DE89 ',
  'password ',
  'password: ',
  'http://a:',
  'born ',
  ' (at) ',
  'a at b dot ',
  '\u200b',
  '\uff11',
  '\\n',
  'secret ',
  '\n',
  '123-45-',
  '0x',
  'bc1q',
];

test('no text makes a detector look at it again and again', () => {
  for (const part of HOSTILE) {
    const text = part.repeat(Math.ceil(150_000 / part.length));
    expect(findPii(text).length).toBeLessThan(text.length);
  }
});

test('numbers of a long run are looked at in windows of bounded length', () => {
  const text = '1 '.repeat(10_000);
  let windows = 0;
  for (const run of numberRuns(text, 6)) for (const _ of windowsOf(text, run, { isWanted: () => true })) windows++;
  expect(windows).toBeLessThan(10_000 * 20);
});
