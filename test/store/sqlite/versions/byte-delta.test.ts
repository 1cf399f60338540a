import { expect, test } from 'vitest';
import { applyDelta, encodeDelta } from '../../../../src/store/sqlite/versions/byte-delta.ts';
import { createRandom } from '../../../chunk/markdown-like.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const roundTrip = (target: Uint8Array, base: Uint8Array): number => {
  const delta = encodeDelta(target, base);
  expect(Buffer.from(applyDelta(delta, base, target.length)).equals(target)).toBe(true);
  return delta.length;
};

const paragraphs = (count: number, seed: number): string[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => Array.from({ length: 30 }, () => random(1e9).toString(36)).join(' '));
};

test('nothing, and nothing against something, come back', () => {
  roundTrip(bytesOf(''), bytesOf(''));
  roundTrip(bytesOf(''), bytesOf('some text that is gone'));
  roundTrip(bytesOf('some text that is new'), bytesOf(''));
  roundTrip(bytesOf('ab'), bytesOf('aab'));
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('whatever was edited, the former text comes back (seed %i)', (seed) => {
  const random = createRandom(seed);
  let text = paragraphs(20, seed).join('\n\n');
  for (let edit = 0; edit < 40; edit++) {
    const at = random(text.length + 1);
    const length = random(4) === 0 ? random(text.length) : random(20);
    const inserted = random(3) === 0 ? text.slice(random(text.length + 1)).slice(0, 400) : '😀é'.repeat(random(9));
    const next = text.slice(0, at) + inserted + text.slice(at + length);
    roundTrip(bytesOf(text), bytesOf(next));
    text = next;
  }
});

test.each([1, 2, 3])('bytes of any kind come back, repetitive ones among them (seed %i)', (seed) => {
  const random = createRandom(seed);
  const some = () => Uint8Array.from({ length: random(3000) }, () => random(seed === 1 ? 2 : 256));
  for (let run = 0; run < 30; run++) roundTrip(some(), some());
});

test('a changed word costs some bytes, whatever the length of the text', () => {
  const lines = paragraphs(400, 1);
  const before = bytesOf(lines.join('\n'));
  lines[200] = lines[200]!.replace(/^\w+/, 'changed');
  expect(roundTrip(before, bytesOf(lines.join('\n')))).toBeLessThan(40);
});

test('paragraphs that changed places are copied, not kept again', () => {
  const lines = paragraphs(200, 2);
  const moved = [...lines.slice(150), ...lines.slice(0, 150)];
  expect(roundTrip(bytesOf(lines.join('\n')), bytesOf(moved.join('\n')))).toBeLessThan(60);
});

test('a delta of another text is refused, not taken for one of this', () => {
  const [first, second] = [paragraphs(50, 3).join('\n'), paragraphs(5, 4).join('\n')];
  const delta = encodeDelta(bytesOf(`${first}.`), bytesOf(first));
  expect(() => applyDelta(delta, bytesOf(second), first.length + 1)).toThrow('does not fit');
  expect(() => applyDelta(delta.subarray(0, 3), bytesOf(first), first.length + 1)).toThrow('does not fit');
});
