import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadHighlighter } from '../../../src/ui/markdown/highlight-code.ts';
import { loadMarkdown } from '../../../src/ui/markdown/lex-markdown.ts';
import { renderMarkdown } from '../../../src/ui/markdown/render-markdown.ts';
import { lineWidth, paintColor, paintPlain, plainText } from '../../../src/ui/markdown/styled-text.ts';
import { createRandom, randomText } from '../generators.ts';

beforeAll(loadMarkdown);

const golden = (name: string): string =>
  fileURLToPath(new URL(`../../../fixtures/golden/chat/${name}`, import.meta.url));
const answer = readFileSync(golden('answer.md'), 'utf8');
const plain = (text: string, width = 60): string =>
  renderMarkdown(text, { width, hasColor: false }).map(paintPlain).join('\n');

test.each([78, 58, 30])('an answer in %i columns is as it was agreed', async (width) => {
  await expect(`${plain(answer, width)}\n`).toMatchFileSnapshot(golden(`answer-${width}.txt`));
});

test('an answer in colour is as it was agreed', async () => {
  const highlight = await loadHighlighter();
  const lines = renderMarkdown(answer, { width: 78, hasColor: true, highlight }).map(paintColor);
  await expect(`${lines.join('\n').replaceAll('\u001b', '␛')}\n`).toMatchFileSnapshot(golden('answer-color.txt'));
});

describe('what a document may hold', () => {
  test('a terminal obeys none of it', () => {
    const hostile =
      '# a\u001b[2J\n\n`\u001b]52;c;xx\u0007`\n\n```js\nlet \u001b[31m = 1;\n```\n\n&#27;[2J \u202e \u009b31m\n\n| \u001b | b |\n|-|-|\n| c | \u0007 |';
    expect(plain(hostile)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(plain(hostile)).toContain('\\x1b[2J');
  });
  test('the target of a link is shown, so that nobody is misled', () =>
    expect(plain('[bank](https://evil.example)')).toBe('bank (https://evil.example)'));
  test.each([
    ['quotes', '>'.repeat(20_000)],
    ['lists', Array.from({ length: 400 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
    ['emphasis', '**a *b '.repeat(3_000)],
    ['brackets', '['.repeat(5_000)],
  ])('%s without end are shown', (_, text) => expect(plain(text, 40)).not.toBe(''));
  test('a table of many columns on a narrow screen is a list of rows', () =>
    expect(plain('| a | b | c | d | e |\n|-|-|-|-|-|\n| 1 | 2 | 3 | 4 | 5 |', 20)).toBe(
      'a: 1\nb: 2\nc: 3\nd: 4\ne: 5',
    ));
});

test('no line is wider than the screen, whatever is written', () => {
  const random = createRandom(23);
  const marks = [
    '# ',
    '- ',
    '> ',
    '1. ',
    '**',
    '`',
    '\n',
    '\n\n',
    '| a | b |\n|---|---|\n| ',
    ' | ',
    '```\n',
    '[x](y)',
  ];
  for (let run = 0; run < 150; run++) {
    const text = Array.from({ length: 12 }, () => marks[random(marks.length)]! + randomText(random, 6)).join('');
    const width = 12 + random(60);
    for (const line of renderMarkdown(text, { width, hasColor: run % 2 === 0 })) {
      expect(lineWidth(line), JSON.stringify([text, width, plainText(line)])).toBeLessThanOrEqual(width);
    }
  }
});
