import { describe, expect, test } from 'vitest';
import { countChangedWords } from '../../../src/app/history/count-words.ts';
import { diffTexts, type Hunk } from '../../../src/app/history/diff-texts.ts';
import { createRandom } from '../../chunk/markdown-like.ts';

const lines = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `line ${from + i}`);

/** What a reader makes of the hunks: the second text from the first. */
function apply(before: string, hunks: readonly Hunk[]): string {
  const old = before.split('\n');
  const made: string[] = [];
  let at = 0;
  for (const { oldStart, oldLines, lines } of hunks) {
    const start = oldLines === 0 ? oldStart : oldStart - 1;
    made.push(...old.slice(at, start), ...lines.filter(({ kind }) => kind !== 'removed').map(({ text }) => text));
    at = start + oldLines;
  }
  return [...made, ...old.slice(at)].join('\n');
}

test.each([1, 2, 3, 4, 5, 6])('hunks make the second text of the first (seed %i)', async (seed) => {
  const random = createRandom(seed);
  let before = lines(30 + random(30));
  for (let i = 0; i < 20; i++) {
    const after = [...before];
    for (let edit = 0; edit < 1 + random(5); edit++)
      after.splice(random(after.length + 1), random(4), ...lines(random(4), random(60)));
    const { hunks } = await diffTexts(before.join('\n'), after.join('\n'), { by: 'lines', context: random(4) });
    expect(apply(before.join('\n'), hunks)).toBe(after.join('\n'));
    before = after.length > 0 ? after : lines(10);
  }
});

describe('a diff', () => {
  test('of equal texts has no hunks', async () => {
    expect((await diffTexts('a\nb\n', 'a\nb\n', { by: 'lines', context: 3 })).hunks).toEqual([]);
  });

  test('by words says the same as by lines', async () => {
    const [before, after] = ['one two three\nfour', 'one 2 three\nfour'];
    const { hunks } = await diffTexts(before, after, { by: 'words', context: 3 });
    expect(hunks[0]!.words).toEqual([
      { kind: 'same', text: 'one ' },
      { kind: 'removed', text: 'two' },
      { kind: 'added', text: '2' },
      { kind: 'same', text: ' three\nfour\n' },
    ]);
  });

  test('of texts that have nothing in common is coarse, not endless', async () => {
    const [before, after] = [lines(40_000).join('\n'), lines(40_000, 50_000).join('\n')];
    const diff = await diffTexts(before, after, { by: 'words', context: 3 });
    expect(diff).toMatchObject({ isCoarse: true, addedLines: 40_000, removedLines: 40_000, hunks: { length: 1 } });
  });
});

describe('changed words', () => {
  test('are counted as often as they came and went', () => {
    expect(countChangedWords('a b c d', 'a x x d')).toEqual({ added: 2, removed: 2 });
    expect(countChangedWords('same', 'same')).toEqual({ added: 0, removed: 0 });
    expect(countChangedWords('', 'one two')).toEqual({ added: 2, removed: 0 });
    expect(countChangedWords('cats', 'cat')).toEqual({ added: 1, removed: 1 });
  });

  test('of much too much are not counted', () => {
    expect(countChangedWords('a '.repeat(3_000_000), 'b '.repeat(3_000_000))).toBeNull();
  });
});
