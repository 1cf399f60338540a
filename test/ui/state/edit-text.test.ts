import { describe, expect, test } from 'vitest';
import {
  type Draft,
  draftOf,
  type Edit,
  editDraft,
  insertText,
  MAX_DRAFT_LENGTH,
} from '../../../src/ui/state/edit-text.ts';
import { graphemesOf } from '../../../src/ui/state/graphemes.ts';
import { createRandom, randomText } from '../generators.ts';

/** `ab|c` is a draft with its cursor at the bar. */
const draft = (text: string): Draft => {
  const cursor = text.indexOf('|');
  return { ...draftOf(text.replace('|', '')), cursor };
};
const shown = ({ text, cursor }: Draft): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;
const check = (before: string, edits: Edit[], after: string) =>
  expect(shown(edits.reduce(editDraft, draft(before)))).toBe(after);

describe('moving', () => {
  test('goes over a character as people see it', () => {
    check('a👩‍👩‍👧|b', ['left'], 'a|👩‍👩‍👧b');
    check('|e\u0301x', ['right'], 'e\u0301|x');
    check('日|本', ['right'], '日本|');
  });
  test('goes by words, over what stands between them', () => {
    check('find the--word|', ['word-left'], 'find the--|word');
    check('find the--|word', ['word-left'], 'find |the--word');
    check('|find the', ['word-right', 'word-right'], 'find the|');
  });
  test('Home and End keep to the line', () => {
    check('one\ntw|o\nthree', ['line-start'], 'one\n|two\nthree');
    check('one\ntw|o\nthree', ['line-end'], 'one\ntwo|\nthree');
  });
  test('up and down keep the column where the other line is long enough', () => {
    check('one\ntwo th|ree', ['up'], 'one|\ntwo three');
    check('one two\nth|ree', ['up'], 'on|e two\nthree');
    check('o|ne\ntwo', ['down', 'down'], 'one\ntwo|');
  });
});

describe('deleting', () => {
  test('what is killed can be put back', () => {
    check('one two| three', ['kill-word-left', 'line-end', 'put-back'], 'one  threetwo|');
    check('one| two', ['kill-line-right', 'line-start', 'put-back'], ' two|one');
    check('one two|', ['kill-line-left', 'put-back'], 'one two|');
  });
  test('killing to the end of an ended line joins it with the next', () => check('a|\nb', ['kill-line-right'], 'a|b'));
  test('at the ends nothing happens', () => {
    check('|a', ['delete-left', 'left', 'kill-word-left'], '|a');
    check('a|', ['delete-right', 'right', 'kill-line-right'], 'a|');
  });
});

test('a text that is too long is taken in part, and whole characters of it', () => {
  const long = insertText(draftOf('x'.repeat(MAX_DRAFT_LENGTH - 3)), '👩‍👩‍👧👩‍👩‍👧');
  expect(long.text.length).toBeLessThanOrEqual(MAX_DRAFT_LENGTH);
  expect(insertText(long, 'y'.repeat(10)).text.length).toBeLessThanOrEqual(MAX_DRAFT_LENGTH);
});

test('whatever is typed, the cursor stands between two characters of the text', () => {
  const edits: Edit[] = [
    'left',
    'right',
    'word-left',
    'word-right',
    'line-start',
    'line-end',
    'up',
    'down',
    'delete-left',
  ];
  edits.push('delete-right', 'kill-word-left', 'kill-word-right', 'kill-line-left', 'kill-line-right', 'put-back');
  const random = createRandom(7);
  for (let run = 0; run < 300; run++) {
    let now = draftOf(randomText(random, 12));
    for (let step = 0; step < 20; step++) {
      now = random(4) === 0 ? insertText(now, randomText(random, 3)) : editDraft(now, edits[random(edits.length)]!);
      expect(now.cursor).toBeGreaterThanOrEqual(0);
      expect(now.cursor).toBeLessThanOrEqual(now.text.length);
      const before = now.text.charCodeAt(now.cursor - 1);
      const isWithinPair = before >= 0xd800 && before < 0xdc00 && now.cursor < now.text.length;
      expect(isWithinPair, JSON.stringify(now)).toBe(false);
    }
  }
});

test('moving right goes through every character once', () => {
  const random = createRandom(11);
  for (let run = 0; run < 100; run++) {
    const { text } = draftOf(randomText(random, 10));
    let now: Draft = { text, cursor: 0, killed: '' };
    const seen: number[] = [];
    while (now.cursor < text.length) {
      now = editDraft(now, 'right');
      seen.push(now.cursor);
    }
    expect(seen.length).toBe(graphemesOf(text).length);
  }
});
