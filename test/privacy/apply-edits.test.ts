import { expect, test } from 'vitest';
import { createRandom } from '../../src/evaluate/random.ts';
import type { ParsedDocument } from '../../src/parse/types.ts';
import { applyEdits } from '../../src/privacy/apply-edits.ts';
import { editText, type TextEdit } from '../../src/privacy/edits.ts';

const document = (text: string, parts: Partial<ParsedDocument> = {}): ParsedDocument => ({
  text,
  title: null,
  mediaType: 'text/plain',
  type: 'txt',
  firstLine: 1,
  language: null,
  modifiedAt: null,
  tags: [],
  metadata: {},
  sections: [],
  blocks: [],
  warnings: [],
  ...parts,
});

test('sections and blocks move along with the text', () => {
  const treated = applyEdits(
    document('# A secret\n\nbody', {
      sections: [{ kind: 'heading', title: 'A secret', level: 1, span: { start: 0, end: 16 } }],
      blocks: [
        { kind: 'heading', span: { start: 0, end: 10 } },
        { kind: 'paragraph', span: { start: 12, end: 16 } },
      ],
    }),
    [{ span: { start: 4, end: 10 }, replacement: '[s]' }],
  );
  expect(treated.text).toBe('# A [s]\n\nbody');
  expect(treated.blocks.map(({ span }) => treated.text.slice(span.start, span.end))).toEqual(['# A [s]', 'body']);
  expect(treated.sections[0]?.span).toEqual({ start: 0, end: 13 });
});

test('what is replaced keeps its line breaks', () => {
  const { text } = editText('a\n12\n34\nb', [{ span: { start: 2, end: 7 }, replacement: '[x]' }]);
  expect(text).toBe('a\n[x]\n\nb');
});

test('a replacement over two blocks belongs to the first, and a block of which nothing is left goes', () => {
  const treated = applyEdits(
    document('aa12\n34\n56bb', {
      blocks: [
        { kind: 'paragraph', span: { start: 0, end: 4 } },
        { kind: 'paragraph', span: { start: 5, end: 7 } },
        { kind: 'paragraph', span: { start: 8, end: 12 } },
      ],
    }),
    [{ span: { start: 2, end: 10 }, replacement: '[x]' }],
  );
  expect(treated.blocks.map(({ span }) => treated.text.slice(span.start, span.end))).toEqual(['aa[x]\n\n', 'bb']);
});

test('edits that are out of order are refused', () => {
  const edit = (start: number, end: number): TextEdit => ({ span: { start, end }, replacement: '' });
  expect(() => editText('abcdef', [edit(3, 5), edit(1, 2)])).toThrow(RangeError);
  expect(() => editText('abcdef', [edit(1, 9)])).toThrow(RangeError);
});

test('whatever is edited, positions stay in order and text outside of edits stays as it was', () => {
  const random = createRandom(7);
  const upTo = (limit: number): number => Math.floor(random() * limit);
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: upTo(60) + 1 }, () => 'ab \n12'[upTo(6)]).join('');
    const edits: TextEdit[] = [];
    for (let at = upTo(10); at < text.length; ) {
      const end = Math.min(text.length, at + 1 + upTo(8));
      edits.push({ span: { start: at, end }, replacement: '[x]'.slice(0, upTo(4)) });
      at = end + upTo(10);
    }
    const { text: edited, moved } = editText(text, edits);
    let before = 0;
    for (let at = 0; at <= text.length; at++) {
      expect(moved(at)).toBeGreaterThanOrEqual(before);
      before = moved(at);
      if (at < text.length && !edits.some(({ span }) => span.start <= at && at < span.end))
        expect(edited[moved(at)]).toBe(text[at]);
    }
    expect(moved(text.length)).toBe(edited.length);
    expect(edited.split('\n').length).toBe(text.split('\n').length);
  }
});
