import { expect, test } from 'vitest';
import { editDistance } from '../../src/platform/edit-distance.ts';
import { createRandom } from '../chunk/markdown-like.ts';

test.each<[string, string, number]>([
  ['', '', 0],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
  ['recieve', 'receive', 1],
  ['ab', 'ba', 1],
  ['abcd', 'badc', 2],
  ['ca', 'abc', 3],
])('from %j to %j it is %i', (left, right, expected) => {
  expect(editDistance(left, right)).toBe(expected);
  expect(editDistance(right, left)).toBe(expected);
});

test('a bound changes nothing up to it and gives one more above it', () => {
  const random = createRandom(4);
  const word = () => Array.from({ length: random(9) }, () => 'abc'[random(3)]).join('');
  for (let round = 0; round < 3000; round++) {
    const [left, right, most] = [word(), word(), random(4)];
    const whole = editDistance(left, right);
    expect(editDistance(left, right, most)).toBe(whole <= most ? whole : most + 1);
  }
});
