import { describe, expect, test } from 'vitest';
import { chunkDocument } from '../../src/chunk/chunk-document.ts';
import { estimateTokens } from '../../src/chunk/estimate-tokens.ts';
import type { ChunkOptions } from '../../src/chunk/types.ts';
import { type ChunkInput, createRandom, markdownLike } from './markdown-like.ts';

const PIECES = [
  'word',
  'a',
  ' ',
  ' ',
  ' ',
  '\n',
  '\n\n',
  '\n\n',
  '. ',
  'Sentence ends here. ',
  '\n# Title\n\n',
  '\n## Part\n\n',
  '\n### Deeper\n\n',
  '\n- item of a list',
  '\n| cell | cell |',
  '\n```\ncode(1);\n\nmore();\n```\n',
  '😀',
  'e\u0301',
  '漢字かな。',
  'ภาษาไทย',
  'हिन्दी',
  '\r\n',
  '1234567890',
  '----------------',
  'Straße',
  '\u00a0',
  '\u200d',
  '\u0301',
  'averyveryverylongwordwithoutanyspaceinit'.repeat(20),
  'the quick brown fox jumps over the lazy dog '.repeat(12),
];

function randomText(random: (below: number) => number): string {
  const favourites = Array.from({ length: 6 }, () => PIECES[random(PIECES.length)]!);
  const pick = () => (random(2) === 0 ? favourites[random(6)]! : PIECES[random(PIECES.length)]!);
  return Array.from({ length: random(400) }, pick).join('');
}

function randomInput(random: (below: number) => number): ChunkInput {
  const text = randomText(random);
  if (random(4) === 0) return { text, sections: [], blocks: [], type: random(2) === 0 ? 'txt' : 'code' };
  const input = markdownLike(text);
  if (random(3) > 0) return input;
  const starts = Array.from({ length: 5 }, () => random(text.length + 1)).sort((left, right) => left - right);
  const pages = starts.map((start, index) => ({
    kind: 'page' as const,
    page: index + 1,
    span: { start, end: text.length },
  }));
  return { ...input, sections: [...input.sections, ...pages] };
}

/** A character with more marks than a chunk holds has to be cut somewhere. */
const LONG_CLUSTER = /^[\p{M}\u200d]{4}$/u;

const OPTIONS: ChunkOptions[] = [
  { targetTokens: 300, maxTokens: 512 },
  { targetTokens: 40, maxTokens: 64 },
  { targetTokens: 16, maxTokens: 16 },
  { targetTokens: 1, maxTokens: 100 },
];

describe.each(OPTIONS)('chunks of $targetTokens to $maxTokens tokens, on 100 random texts', (options) => {
  const random = createRandom(options.targetTokens * 1000 + options.maxTokens);
  const cases = Array.from({ length: 100 }, () => randomInput(random));

  test('cover every character that is not white space, in order and without overlap', () => {
    for (const input of cases) {
      let at = 0;
      for (const [index, { span, ordinal }] of chunkDocument(input, options).entries()) {
        expect(ordinal).toBe(index);
        expect(input.text.slice(at, span.start).trim()).toBe('');
        expect(span.end).toBeGreaterThan(span.start);
        at = span.end;
      }
      expect(input.text.slice(at).trim()).toBe('');
    }
  });

  test('are trimmed, within the maximum and say their own size', () => {
    for (const input of cases) {
      for (const { span, tokens } of chunkDocument(input, options)) {
        const text = input.text.slice(span.start, span.end);
        expect(text).toBe(text.trim());
        expect(tokens).toBe(estimateTokens(text));
        expect(tokens).toBeLessThanOrEqual(options.maxTokens);
      }
    }
  });

  test('never begin within a character', () => {
    for (const { text, ...rest } of cases) {
      for (const { span } of chunkDocument({ text, ...rest }, options)) {
        const before = text.slice(Math.max(0, span.start - 1), span.start);
        if (before.trim() === '' || LONG_CLUSTER.test(text.slice(0, span.start).slice(-4))) continue;
        expect(text.slice(span.start, span.start + 2)).not.toMatch(/^[\udc00-\udfff\u200d]|^\p{M}/u);
        expect(before).not.toMatch(/[\ud800-\udbff]$/);
      }
    }
  });

  test('are the same each time', () => {
    for (const input of cases) expect(chunkDocument(input, options)).toEqual(chunkDocument(input, options));
  });

  test('stay whole when chunked again, if they keep to the target', () => {
    for (const input of cases) {
      for (const { span, tokens } of chunkDocument(input, options)) {
        if (tokens > options.targetTokens * 0.9) continue;
        const text = input.text.slice(span.start, span.end);
        const again = chunkDocument({ text, sections: [], blocks: [], type: 'txt' }, options);
        expect(again.map((chunk) => chunk.span)).toEqual([{ start: 0, end: text.length }]);
      }
    }
  });
});

test.each([
  ['prose', 'The quick brown fox jumps over the lazy dog. It was late.\n'],
  ['one letter', 'a'],
  ['combining marks', '\u0301\u0323'],
  ['joiners', '\u200d'],
  ['empty lines', 'a\n\n'],
  ['headings', '# a\n\n'],
  ['deeper and deeper headings', '# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f\n\nx\n\n'],
  ['stops', '. '],
  ['Chinese', '我们每天九点开门。'],
])('time grows with the length of the text, not faster: %s', (_, piece) => {
  const timeOf = (length: number): number => {
    const input = markdownLike(piece.repeat(Math.ceil(length / piece.length)));
    const start = process.cpuUsage();
    chunkDocument(input);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  timeOf(150_000);
  // Eight times the text: 8 if linear, 64 if quadratic; the constant covers collections of garbage.
  expect(timeOf(1_200_000)).toBeLessThan(24 * timeOf(150_000) + 400);
});

describe.each(OPTIONS.map((options) => ({ ...options, overlapTokens: Math.ceil(options.targetTokens / 3) })))(
  'chunks of $targetTokens to $maxTokens tokens that repeat $overlapTokens, on 100 random texts',
  (options) => {
    const random = createRandom(options.targetTokens * 1000 + options.maxTokens);
    const cases = Array.from({ length: 100 }, () => randomInput(random));

    test('end where they end without overlap, begin no later, and stay in order', () => {
      let repeated = 0;
      for (const input of cases) {
        const apart = chunkDocument(input, { ...options, overlapTokens: 0 });
        const chunks = chunkDocument(input, options);
        expect(chunks.map(({ span }) => span.end)).toEqual(apart.map(({ span }) => span.end));
        for (const [index, { span, page, headingPath }] of chunks.entries()) {
          const own = apart[index]!;
          expect([page, headingPath]).toEqual([own.page, own.headingPath]);
          expect(span.start).toBeLessThanOrEqual(own.span.start);
          if (index > 0) expect(span.start).toBeGreaterThan(apart[index - 1]!.span.start);
          if (span.start < own.span.start) repeated++;
          expect(estimateTokens(input.text, span.start, own.span.start)).toBeLessThanOrEqual(options.overlapTokens);
        }
      }
      expect(repeated).toBeGreaterThan(options.maxTokens > options.targetTokens ? 20 : -1);
    });

    test('are trimmed, within the maximum, and begin with a whole character', () => {
      for (const { text, ...rest } of cases) {
        for (const { span, tokens } of chunkDocument({ text, ...rest }, options)) {
          const own = text.slice(span.start, span.end);
          expect(own).toBe(own.trim());
          expect(tokens).toBe(estimateTokens(own));
          expect(tokens).toBeLessThanOrEqual(options.maxTokens);
          const before = text.slice(Math.max(0, span.start - 1), span.start);
          if (before.trim() === '' || LONG_CLUSTER.test(text.slice(0, span.start).slice(-4))) continue;
          expect(own.slice(0, 2)).not.toMatch(/^[\udc00-\udfff\u200d]|^\p{M}/u);
        }
      }
    });
  },
);
