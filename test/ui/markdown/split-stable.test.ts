import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { loadMarkdown } from '../../../src/ui/markdown/lex-markdown.ts';
import { renderMarkdown } from '../../../src/ui/markdown/render-markdown.ts';
import { splitStable } from '../../../src/ui/markdown/split-stable.ts';
import { plainText } from '../../../src/ui/markdown/styled-text.ts';
import { createRandom } from '../generators.ts';

beforeAll(loadMarkdown);

const answer = readFileSync(fileURLToPath(new URL('../../../fixtures/golden/chat/answer.md', import.meta.url)), 'utf8');
const check = (text: string, stable: string) => expect(splitStable(text).stable).toBe(stable);

test('a paragraph is final behind a blank line', () => {
  check('one', '');
  check('one\ntwo', '');
  check('one\n\n', 'one\n\n');
});
test('a list may go on behind a blank line', () => check('- a\n\n', ''));
test('a list is final when something else has begun', () => check('- a\n\n# b', '- a\n\n'));
test('a table and a fence are final when they are closed', () => {
  check('| a |\n|---|\n| b |\n', '');
  check('| a |\n|---|\n| b |\n\n', '| a |\n|---|\n| b |\n\n');
  check('```js\nx\n\n', '');
  check('```js\nx\n```\n\n', '```js\nx\n```\n\n');
});

test('drawn piece by piece as it comes in, an answer has the lines of the whole', () => {
  const lines = (text: string): string[] => renderMarkdown(text, { width: 60, hasColor: false }).map(plainText);
  const solid = (text: string): string[] => lines(text).filter((line) => line.trim() !== '');
  const random = createRandom(2);
  for (let run = 0; run < 30; run++) {
    const drawn: string[] = [];
    let tail = '';
    for (let at = 0; at < answer.length; ) {
      const size = 1 + random(40);
      const split = splitStable(tail + answer.slice(at, at + size));
      expect(split.stable + split.tail).toBe(tail + answer.slice(at, at + size));
      drawn.push(...solid(split.stable));
      tail = split.tail;
      at += size;
    }
    drawn.push(...solid(tail));
    expect(drawn).toEqual(solid(answer));
  }
});
