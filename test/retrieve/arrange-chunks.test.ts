import { describe, expect, test } from 'vitest';
import type { Chunk } from '../../src/domain/chunk.ts';
import type { ChunkId, DocumentId } from '../../src/domain/ids.ts';
import { collapseCopies } from '../../src/retrieve/collapse-copies.ts';
import { diversify } from '../../src/retrieve/diversify.ts';
import { expandPassages } from '../../src/retrieve/expand-passages.ts';
import { wordOverlap, wordSet } from '../../src/retrieve/word-overlap.ts';
import { createRandom } from '../chunk/markdown-like.ts';

describe('copies', () => {
  const collapse = (texts: string[], overlap: number, most = 10) =>
    collapseCopies(texts, (text) => text, { overlap, most }).map(({ item, copies }) => [item, copies.length]);

  test('later passages with nearly the same words are counted, not shown', () => {
    expect(collapse(['a b c d', 'x y', 'd c b a', 'a b c e', 'x y'], 0.9)).toEqual([
      ['a b c d', 1],
      ['x y', 1],
      ['a b c e', 0],
    ]);
    // Three of five words in common.
    expect(collapse(['a b c d', 'a b c e'], 0.6)).toEqual([['a b c d', 1]]);
  });
  test('a list that is full still counts copies of what it has', () => {
    expect(collapse(['a', 'b', 'c', 'a'], 0.9, 2)).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
  });
  test('above 1 nothing is a copy, and nothing of nothing', () => {
    expect(collapse(['a', 'a'], 2)).toHaveLength(2);
    expect(collapse([], 0.9)).toEqual([]);
    expect(collapse(['', '!'], 0.9)).toHaveLength(2);
  });
});

describe('diversity', () => {
  const items = [
    { name: 'first', score: 2, words: 'a b' },
    { name: 'copy', score: 1.9, words: 'a b' },
    { name: 'other', score: 1, words: 'x y' },
  ];
  const names = (diversity: number, most = 3) =>
    diversify(items, {
      relevance: ({ score }) => score,
      likeness: (a, b) => wordOverlap(wordSet(a.words), wordSet(b.words)),
      diversity,
      most,
    }).map(({ name }) => name);

  test('0 keeps the order', () => expect(names(0)).toEqual(['first', 'copy', 'other']));
  // For the second place: copy .5 * .95 - .5 * 1 = -.025, other .5 * .5 - 0 = .25.
  test('.5 puts the other one second', () => expect(names(0.5)).toEqual(['first', 'other', 'copy']));
  // copy .9 * .95 - .1 = .755, other .9 * .5 = .45.
  test('.1 is not enough for that', () => expect(names(0.1)).toEqual(['first', 'copy', 'other']));
  test('no more than asked for, and nothing of nothing', () => {
    expect(names(1, 2)).toEqual(['first', 'other']);
    expect(diversify([], { relevance: () => 1, likeness: () => 0, diversity: 0.5, most: 3 })).toEqual([]);
  });
});

/** A document of ten sections of three passages each, ten characters to a passage. */
const TEXT = Array.from({ length: 30 }, (_, i) => `passage ${String(i).padStart(2, '0')}`).join('');
const CHUNKS = Array.from({ length: 30 }, (_, ordinal): Chunk => {
  const span = { start: ordinal * 10, end: ordinal * 10 + 10 };
  return {
    id: `d.${ordinal}` as ChunkId,
    documentId: 'd' as DocumentId,
    ordinal,
    span,
    text: TEXT.slice(span.start, span.end),
    headingPath: [`section ${Math.floor(ordinal / 3)}`],
    page: null,
    lines: { start: ordinal + 1, end: ordinal + 1 },
    tokens: 3,
  };
});
const expand = (ordinals: readonly number[], window: number, section: boolean) =>
  expandPassages(
    ordinals.map((ordinal) => ({ chunk: CHUNKS[ordinal] as Chunk, documentRow: 1 })),
    { window, section },
    { chunksOf: () => CHUNKS, textOf: (_, start, end) => TEXT.slice(start, end) },
  ).map(({ chunk }) => chunk);

describe('small to big', () => {
  test('a window takes neighbours, as far as there are any', () => {
    expect(expand([5], 1, false)).toMatchObject([
      { id: 'd.5', span: { start: 40, end: 70 }, lines: { start: 5, end: 7 }, tokens: 9 },
    ]);
    expect(expand([0, 29], 2, false).map(({ span }) => span)).toEqual([
      { start: 0, end: 30 },
      { start: 270, end: 300 },
    ]);
  });
  test('a section comes whole where half of its passages were found', () => {
    expect(expand([4, 3], 0, true)).toMatchObject([{ id: 'd.4', span: { start: 30, end: 60 } }]);
    expect(expand([4, 6], 0, true).map(({ span }) => span)).toEqual([CHUNKS[4]!.span, CHUNKS[6]!.span]);
  });
  test('neither asked for changes nothing', () => expect(expand([4, 5], 0, false)).toEqual([CHUNKS[4], CHUNKS[5]]));

  test('every passage found is in exactly one that is returned, and its text is what its span says', () => {
    const random = createRandom(8);
    for (let round = 0; round < 300; round++) {
      const ordinals = [...new Set(Array.from({ length: 1 + random(12) }, () => random(30)))];
      const chunks = expand(ordinals, random(4), random(2) === 1);
      for (const { span, text } of chunks) expect(text).toBe(TEXT.slice(span.start, span.end));
      for (const ordinal of ordinals) {
        const holding = chunks.filter(({ span }) => span.start <= ordinal * 10 && span.end >= ordinal * 10 + 10);
        expect(holding).toHaveLength(1);
      }
      const covered = chunks.reduce((sum, { span }) => sum + span.end - span.start, 0);
      expect(covered).toBeLessThanOrEqual(TEXT.length);
    }
  });
});
