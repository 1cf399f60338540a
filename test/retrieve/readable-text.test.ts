import { describe, expect, test } from 'vitest';
import { readableText } from '../../src/retrieve/readable-text.ts';

describe('structure reads as text', () => {
  test.each([
    [
      'a heading leads to what follows',
      '## Rooms\n\nMeeting rooms are named after rivers.',
      'Rooms: Meeting rooms are named after rivers.',
    ],
    ['a question needs no colon', '## Does it float?\n\nYes.', 'Does it float? Yes.'],
    ['a closed heading', '## Rooms ##\n\nOrde.', 'Rooms: Orde.'],
    ['a heading at the end', 'Text.\n\n## Rooms', 'Text. Rooms'],
    ['headings one below the other', '# Pay\n\n## Bands\n\nB1 to B7.', 'Pay: Bands: B1 to B7.'],
    [
      'a list',
      'Choose one:\n\n- a ticket;\n* a [bicycle](b.md);\n- [x] a car.\n\n1. first',
      'Choose one: • a ticket; • a bicycle; • a car. 1. first',
    ],
    [
      'a table',
      '| Class | Place |\n|:--|---|\n| Open | any\\|where |\n| Sealed | |',
      'Class · Place; Open · any|where; Sealed',
    ],
    ['a quotation and rules', '> In force since **2026**.\n\n---\n\nText\n====', 'In force since 2026. Text'],
    [
      'code stays as it is',
      'Run:\n\n```sh\n# all of it\nls | wc -l\n```\n\nDone.',
      'Run:\n# all of it\nls | wc -l\nDone.',
    ],
  ])('%s', (_, text, expected) => expect(readableText(text, 'md').replace(/ +/g, ' ')).toBe(expected));
});

test('a heading that stands above the passage already is not said again', () => {
  const text = '# Leave\n\n## *Parental* leave\n\nEach parent has 26 weeks.\n\n## Leave\n\nAsk.';
  expect(readableText(text, 'md', ['Leave', 'Parental leave'])).toBe('Each parent has 26 weeks. Leave: Ask.');
});

test('a passage that is only a heading is still shown', () => {
  expect(readableText('# Project Kittiwake', 'md', ['Project Kittiwake'])).toBe('Project Kittiwake');
});

test.each(['code', 'csv', 'json', 'txt'])('%s has no marks to take out', (type) => {
  const text = '# comment\n- *x*\n| a | b |';
  expect(readableText(text, type)).toBe(text);
});

test('no word of a text is lost but the headings that are known', () => {
  const text =
    '# One\n\ntwo **three**\n\n| four | five |\n|---|---|\n| six | `seven` |\n\n- eight\n\n> nine\n\n```\nten\n```\n';
  const words = readableText(text, 'docx').match(/[a-z]+/gi);
  expect(words).toEqual(['One', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']);
});

test.each([' ', '#', '# a\n', '|', ' -|', '-', '> ', '- ', '\n', '```\n'])(
  'a text of nothing but %j is read in time that grows with its length',
  (piece) => {
    const started = performance.now();
    readableText(`${piece.repeat(50_000)}x`, 'md');
    expect(performance.now() - started).toBeLessThan(2_000);
  },
);
