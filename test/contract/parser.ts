import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/parse/parse-document.ts';
import type { ParsedDocument, ParseInput, ParseLimits } from '../../src/parse/types.ts';
import { isRagError } from '../../src/platform/errors.ts';

export type ParserCase = {
  readonly type: string;
  /** File name with an extension of the format. */
  readonly name: string;
  readonly bytes: () => Uint8Array;
  /** Words that the text must hold. */
  readonly says: string;
  /** See ParseInput. */
  readonly recognized?: ParseInput['recognized'];
};

const limits: ParseLimits = { maxInflatedBytes: 100_000_000, maxTextLength: 10_000_000, maxPages: 200 };

/** Numbers from a seed (mulberry32), so that a failure can be run again. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What the port promises of every parsed document. */
export function expectSound(document: ParsedDocument): void {
  const { text, blocks, sections } = document;
  expect(text.normalize('NFC')).toBe(text);
  expect(text).not.toMatch(/[\r\0]/);
  expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
  let end = 0;
  for (const { span, header } of blocks) {
    expect(span.start).toBeGreaterThanOrEqual(end);
    expect(span.end).toBeGreaterThan(span.start);
    if (header) expect(header.end).toBeLessThanOrEqual(span.start);
    expect(text.slice(end, span.start).trim()).toBe('');
    end = span.end;
  }
  expect(text.slice(end).trim()).toBe('');
  let start = 0;
  for (const section of sections) {
    expect(section.span.start).toBeGreaterThanOrEqual(start);
    expect(section.span.end).toBeLessThanOrEqual(text.length);
    start = section.span.start;
  }
  expect(JSON.parse(JSON.stringify(document.metadata))).toEqual(document.metadata);
  if (document.modifiedAt !== null) expect(new Date(document.modifiedAt).toISOString()).toBe(document.modifiedAt);
}

/** What holds for every parser, run as ingest runs it. */
export function describeParser({ type, name, bytes, says, recognized }: ParserCase): void {
  const parse = (input: Uint8Array, as = name) => parseDocument({ bytes: input, name: as, limits, recognized });

  describe(`parser ${type} (${name})`, () => {
    test('text, blocks and sections are sound, and the words are there', async () => {
      const document = await parse(bytes());
      expect(document.type).toBe(type);
      expect(document.text).toContain(says);
      expectSound(document);
    });

    test('the same bytes give the same document', async () => {
      expect(await parse(bytes())).toEqual(await parse(bytes()));
    });

    test('the bytes are left as they were', async () => {
      const input = bytes();
      const before = Buffer.from(input);
      await parse(input);
      expect(Buffer.compare(before, input)).toBe(0);
    });

    test('text past the limit is refused as too large', async () => {
      const refused = parseDocument({ bytes: bytes(), name, recognized, limits: { ...limits, maxTextLength: 10 } });
      await expect(refused).rejects.toMatchObject({ code: 'PARSE_TOO_LARGE' });
    });

    test('damaged bytes give a sound document or a RagError that names the reason', async () => {
      const random = seededRandom(7);
      for (let round = 0; round < 12; round++) {
        const damaged = Buffer.from(bytes());
        const cut = round % 3 === 0 ? Math.floor(random() * damaged.length) : damaged.length;
        for (let flips = 0; flips < 1 + (round % 4) * 8; flips++) {
          damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
        }
        try {
          expectSound(await parse(damaged.subarray(0, cut)));
        } catch (error) {
          if (!isRagError(error)) throw error;
          expect(error.code).toMatch(/^PARSE_/);
          expect(error.message).toMatch(/\w/);
        }
      }
    });
  });
}
