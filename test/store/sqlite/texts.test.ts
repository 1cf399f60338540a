import { expect, test } from 'vitest';
import { createRandom } from '../../chunk/markdown-like.ts';
import { addSamples } from '../sample-document.ts';
import { openTemporaryStore } from '../temporary-store.ts';

/** Length of one stored run, see src/store/sqlite/texts.ts. */
const RUN = 32_768;

function stored(text: string) {
  const store = openTemporaryStore();
  addSamples(store, [{ path: 'long', text }]);
  const { row, source } = store.documents({}, 1, 0)[0]!;
  return { store, row, id: source.documentId };
}

test.each([RUN - 2, RUN - 1, RUN, RUN + 1, 2 * RUN - 1, 2 * RUN])(
  'a text whose surrogate pair begins at unit %i comes back whole, in every slice around it',
  (at) => {
    const text = `${'x'.repeat(at)}😀${'y'.repeat(RUN)}😀z`;
    const { store, id } = stored(text);
    expect(store.documentText(id)).toBe(text);
    for (let start = at - 3; start <= at + 4; start++) {
      for (let end = start; end <= at + 5; end++) {
        const slice = store.documentText(id, { start, end });
        if (isWhole(text, start) && isWhole(text, end)) expect(slice, `${start}-${end}`).toBe(text.slice(start, end));
        else expect(slice).toHaveLength(end - start);
      }
    }
  },
);

test('slices of texts of several runs are those of the text', () => {
  const random = createRandom(3);
  const pieces = ['a', '\n', '東', '😀', 'é', '𠮷', ' '];
  const text = Array.from({ length: 90_000 }, () => pieces[random(pieces.length)]).join('');
  const { store, id } = stored(text);
  expect(store.documentText(id)).toBe(text);
  for (let round = 0; round < 300; round++) {
    let start = random(text.length);
    let end = Math.min(text.length, start + random(round % 10 === 0 ? 80_000 : 2000));
    while (!isWhole(text, start)) start++;
    while (!isWhole(text, end)) end++;
    expect(store.documentText(id, { start, end })).toBe(text.slice(start, end));
  }
});

test('a text that consists of surrogate pairs only is cut between them', () => {
  const text = '😀'.repeat(RUN + 5);
  const { store, row, id } = stored(text);
  expect(store.documentText(id)).toBe(text);
  expect(
    store
      .documentChunks(row)
      .map((chunk) => chunk.text)
      .join(''),
  ).toBe(text);
});

test('spans beyond the end are cut, and an empty span is empty', () => {
  const { store, id } = stored('short');
  expect(store.documentText(id, { start: 2, end: 100 })).toBe('ort');
  expect(store.documentText(id, { start: 50, end: 60 })).toBe('');
  expect(store.documentText(id, { start: 3, end: 3 })).toBe('');
});

test('a text with NUL and other control characters comes back as it was', () => {
  const text = 'a\0b\u0001\u007f\ufffd\ufeffc\u2028d';
  const { store, id } = stored(text);
  expect(store.documentText(id)).toBe(text);
});

/** Whether the offset lies between characters. */
const isWhole = (text: string, at: number): boolean =>
  !/^[\udc00-\udfff]/.test(text.slice(at, at + 1)) || !/[\ud800-\udbff]$/.test(text.slice(0, at).slice(-1));
