import { describe, expect, test } from 'vitest';
import { chunkDocument, DEFAULT_CHUNK_OPTIONS } from '../../src/chunk/chunk-document.ts';
import { estimateTokens } from '../../src/chunk/estimate-tokens.ts';
import type { ChunkOptions } from '../../src/chunk/types.ts';
import { type ChunkInput, markdownLike } from './markdown-like.ts';

const chunksOf = (document: ChunkInput, options: ChunkOptions = DEFAULT_CHUNK_OPTIONS) =>
  chunkDocument(document, options).map((chunk) => ({
    ...chunk,
    text: document.text.slice(chunk.span.start, chunk.span.end),
  }));
const textsOf = (document: ChunkInput, options?: ChunkOptions) => chunksOf(document, options).map(({ text }) => text);
const plain = (text: string): ChunkInput => ({ text, sections: [], blocks: [], type: 'txt' });
const words = (count: number, word = 'word') => Array(count).fill(word).join(' ');

describe('small neighbours', () => {
  test('a heading stays with its first paragraph', () => {
    expect(textsOf(markdownLike('# A\n\nbody'))).toEqual(['# A\n\nbody']);
  });

  test('short sections below one heading share a chunk', () => {
    expect(textsOf(markdownLike('# A\n\n## B\n\none\n\n## C\n\ntwo'))).toEqual(['# A\n\n## B\n\none\n\n## C\n\ntwo']);
  });

  test('sections that do not fit the target together stay apart', () => {
    const text = `# A\n\n## B\n\n${words(200)}\n\n## C\n\n${words(200)}`;
    expect(textsOf(markdownLike(text))).toEqual([`# A\n\n## B\n\n${words(200)}`, `## C\n\n${words(200)}`]);
  });

  test('chapters do not share a chunk', () => {
    const text = `# A\n\n${words(70)}\n\n# B\n\n${words(70)}`;
    expect(textsOf(markdownLike(text))).toEqual([`# A\n\n${words(70)}`, `# B\n\n${words(70)}`]);
  });

  test('a section does not join the last one of another chapter', () => {
    const text = `# A\n\n## A1\n\n${words(70)}\n\n## A2\n\n${words(70)}\n\n# B\n\n## B1\n\n${words(70)}`;
    expect(textsOf(markdownLike(text))).toHaveLength(2);
  });

  test('a title page joins the page after it, full pages stay apart', () => {
    const pages = ['Annual report', words(60, 'first'), words(60, 'second')];
    const text = pages.join('\n\n');
    let at = 0;
    const sections = pages.map((page, index) => {
      const start = text.indexOf(page, at);
      at = start + page.length;
      return { kind: 'page' as const, page: index + 1, span: { start, end: at } };
    });
    const chunks = chunksOf({ text, sections, blocks: [], type: 'pdf' });
    expect(chunks.map(({ text }) => text)).toEqual([`Annual report\n\n${pages[1]}`, pages[2]]);
    expect(chunks.map(({ page }) => page)).toEqual([1, 3]);
  });

  test('a heading at the end of a full chunk goes to the next one', () => {
    const text = `# A\n\n${words(270)}\n\n#### Note\n\n${words(250)}`;
    expect(textsOf(markdownLike(text))[1]).toBe(`#### Note\n\n${words(250)}`);
  });

  test('a heading without text stays with the first section below it', () => {
    const text = `# A\n\n## B\n\n${words(150)}\n\n## C\n\n### D\n\n${words(250)}`;
    expect(textsOf(markdownLike(text))[1]).toBe(`## C\n\n### D\n\n${words(250)}`);
  });
});

describe('what a chunk carries', () => {
  test('the heading path of its first content, title included', () => {
    const text = `# Handbook\n\n## Holidays\n\n### Carry over\n\n${words(200)}\n\n## Pay\n\n${words(200)}`;
    expect(chunksOf(markdownLike(text)).map(({ headingPath }) => headingPath)).toEqual([
      ['Handbook', 'Holidays', 'Carry over'],
      ['Handbook', 'Pay'],
    ]);
  });

  test('a skipped level and text above the first heading do no harm', () => {
    const text = `${words(200)}\n\n### Deep\n\n${words(200)}\n\n# Top\n\n${words(200)}`;
    expect(chunksOf(markdownLike(text)).map(({ headingPath }) => headingPath)).toEqual([[], ['Deep'], ['Top']]);
  });

  test('ordinals from 0 and the estimate of its own text', () => {
    const chunks = chunksOf(markdownLike(`# A\n\n${words(400)}\n\n${words(400)}`));
    expect(chunks.map(({ ordinal }) => ordinal)).toEqual([0, 1]);
    for (const { text, tokens } of chunks) expect(tokens).toBe(estimateTokens(text));
  });
});

describe('blocks that are too long', () => {
  const small: ChunkOptions = { targetTokens: 12, maxTokens: 20 };

  test('prose is cut between sentences', () => {
    const sentence = 'The cat sat on the mat near Dr. J. Smith today.';
    const parts = textsOf(plain(Array(12).fill(sentence).join(' ')), { targetTokens: 40, maxTokens: 60 });
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(part).toMatch(/^The cat.*today\.$/s);
  });

  test('code is cut between lines, and rather at a blank one', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `call(${index}, "Stop. Go on");`);
    const text = [...lines.slice(0, 5), '', ...lines.slice(5)].join('\n');
    const code: ChunkInput = { ...plain(text), blocks: [{ kind: 'code', span: { start: 0, end: text.length } }] };
    const parts = textsOf(code, { targetTokens: 60, maxTokens: 90 });
    expect(parts[0]).toBe(lines.slice(0, 5).join('\n'));
    expect(parts.flatMap((part) => part.split('\n'))).toEqual(lines);
  });

  test('a sentence without end is cut between words', () => {
    for (const part of textsOf(plain(words(100, 'walrus')), small)) expect(part).toMatch(/^walrus( walrus)*$/);
  });

  test('Chinese is cut after a full stop', () => {
    const parts = textsOf(plain('我们在北京的办公室每天九点开门。'.repeat(6)), { targetTokens: 40, maxTokens: 60 });
    for (const part of parts) expect(part).toMatch(/。$/);
  });

  test('an endless word is cut, never within an emoji or a letter with its marks', () => {
    for (const piece of ['a', '😀', 'é\u0323', '👩‍👩‍👧‍👦', 'क्षि', '\u{20000}']) {
      const parts = textsOf(plain(piece.repeat(300)), small);
      expect(parts.join('')).toBe(piece.repeat(300));
      for (const part of parts) expect(part.length % piece.length).toBe(0);
    }
  });

  test('a heading is followed by as much of a long paragraph as fits', () => {
    const parts = chunksOf(markdownLike(`# A title\n\n${words(1200)}`));
    expect(parts[0]!.text).toMatch(/^# A title\n\nword/);
    expect(parts[0]!.tokens).toBeGreaterThan(150);
  });
});

describe('input that no parser should give', () => {
  test('blocks that overlap, lie outside or stand in the wrong order lose no text', () => {
    const text = 'alpha beta gamma delta';
    const blocks = [
      { kind: 'paragraph' as const, span: { start: 12, end: 9 } },
      { kind: 'code' as const, span: { start: 6, end: 16 } },
      { kind: 'heading' as const, span: { start: 0, end: 11 } },
      { kind: 'paragraph' as const, span: { start: 17, end: 5000 } },
    ];
    expect(textsOf({ text, sections: [], blocks, type: 'txt' }).join(' ')).toBe(text);
  });

  test('sections outside the text and at half a character change nothing', () => {
    const text = 'one 😀 two';
    const at = (start: number) => ({ kind: 'heading' as const, title: 'T', level: 1, span: { start, end: 99 } });
    expect(textsOf({ text, sections: [at(-5), at(5), at(400)], blocks: [], type: 'txt' })).toEqual([text]);
  });

  test('no text gives no chunks', () => {
    expect(textsOf(plain(''))).toEqual([]);
    expect(textsOf(plain(' \n\t\u00a0'))).toEqual([]);
  });

  test('a heading as long as a book is cut like a paragraph and shortened in paths', () => {
    const chunks = chunksOf(markdownLike(`# ${words(2000)}\n\nbody`));
    expect(chunks.length).toBeGreaterThan(4);
    expect(chunks[0]!.headingPath[0]!.length).toBeLessThanOrEqual(200);
  });

  test.each([
    { targetTokens: 0, maxTokens: 512 },
    { targetTokens: 300, maxTokens: 200 },
    { targetTokens: 8, maxTokens: 8 },
    { targetTokens: Number.NaN, maxTokens: 512 },
  ])('sizes that cannot be kept are refused: %o', (options) => {
    expect(() => chunkDocument(plain('text'), options)).toThrowError(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
  });
});
