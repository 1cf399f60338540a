import { expect, test } from 'vitest';
import { rstParser } from '../../src/parse/rst.ts';
import { parseBytes } from './parse-bytes.ts';

test('levels go by the order in which the underlines turn up', async () => {
  const { sections, title } = await parseBytes(
    rstParser,
    '======\nManual\n======\n\nWords.\n\nPart\n====\n\nOne\n---\n\nx\n\nNext\n====\n',
  );
  expect(title).toBe('Manual');
  expect(sections.map((section) => section.kind === 'heading' && [section.level, section.title])).toEqual([
    [1, 'Manual'],
    [2, 'Part'],
    [3, 'One'],
    [2, 'Next'],
  ]);
});

test('a rule between paragraphs is no heading', async () => {
  expect((await parseBytes(rstParser, 'a\n\n------\n\nb\n')).sections).toEqual([]);
});
