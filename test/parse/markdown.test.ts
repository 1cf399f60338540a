import { describe, expect, test } from 'vitest';
import { markdownParser } from '../../src/parse/markdown.ts';
import { markdownStructure } from '../../src/parse/markdown-structure.ts';
import { expectSound } from '../contract/parser.ts';
import { parseBytes } from './parse-bytes.ts';

const blocks = (text: string) =>
  markdownStructure(text).blocks.map(({ kind, span }) => `${kind}: ${text.slice(span.start, span.end)}`);
const headings = (text: string) =>
  markdownStructure(text).sections.map((section) =>
    section.kind === 'heading'
      ? `${section.level} ${section.title}: ${text.slice(section.span.start, section.span.end)}`
      : '',
  );
const parse = (text: string) => parseBytes(markdownParser, text);

describe('blocks', () => {
  const check = (text: string, expected: string[]) => expect(blocks(text)).toEqual(expected);

  test('paragraphs, headings of both kinds and rules', () =>
    check('# A #\nb\nc\n\nD\n===\n\n---\ne', [
      'heading: # A #',
      'paragraph: b\nc',
      'heading: D\n===',
      'paragraph: ---',
      'paragraph: e',
    ]));
  test('list items, nested ones and their paragraphs', () =>
    check('- a\n  more\n- b\n  1. c\n\n  still b\n\nend', [
      'list-item: - a\n  more',
      'list-item: - b',
      'list-item:   1. c',
      'list-item:   still b',
      'paragraph: end',
    ]));
  test('a number amid a paragraph begins no list', () =>
    check('It happened in\n1986. What a year', ['paragraph: It happened in\n1986. What a year']));
  test('fenced code holds whatever it holds', () =>
    check('```js\n# no heading\n\n- x\n```\nafter', ['code: ```js\n# no heading\n\n- x\n```', 'paragraph: after']));
  test('an unclosed fence reaches to the end', () => check('~~~\n# a\n\nb', ['code: ~~~\n# a\n\nb']));
  test('a fence in a list ends with its item', () =>
    check('- a\n  ```\n  code\n\nb', ['list-item: - a', 'code:   ```\n  code', 'paragraph: b']));
  test('indented code', () =>
    check('a\n\n    x\n\n    y\n\nb', ['paragraph: a', 'code:     x\n\n    y', 'paragraph: b']));
  test('a quote is one block per paragraph', () =>
    check('> a\n> b\n>\n> c\nlazy', ['quote: > a\n> b\n>', 'quote: > c\nlazy']));
  test('the rows of a table know their header', () => {
    const text = '| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nend';
    const rows = markdownStructure(text).blocks;
    expect(rows.map(({ kind }) => kind)).toEqual(['table-row', 'table-row', 'table-row', 'paragraph']);
    expect(text.slice(rows[0]!.span.start, rows[0]!.span.end)).toBe('| a | b |\n|---|---|');
    expect(rows[2]!.header).toEqual(rows[0]!.span);
    expect(rows[0]!.header).toBeUndefined();
  });
  test('a heading in a comment, in <pre> or in a <div> is none', () =>
    expect(headings('<!--\n# a\n-->\n\n<pre>\n\n# b\n</pre>\n\n<div>\n# c\n</div>\n\n# d')).toEqual(['1 d: # d']));
});

describe('sections', () => {
  test('a heading reaches to the next of the same or a higher level', () =>
    expect(headings('# A\n\na\n\n## B\n\nb\n\n# C')).toEqual([
      '1 A: # A\n\na\n\n## B\n\nb\n\n',
      '2 B: ## B\n\nb\n\n',
      '1 C: # C',
    ]));
  test('titles lose their marks', () =>
    expect(markdownStructure('# **Bold** `code_x` [link](http://x "t") {#id} ##').title).toBe('Bold code_x link'));
  test('a hash without a space is no heading', () => expect(headings('#tag\n####### seven')).toEqual([]));
});

describe('front matter', () => {
  test('gives title, tags, date, language and metadata, and is no part of the text', async () => {
    const document = await parse(
      '---\ntitle: "A: title"\ntags: [x, y]\ncategory: z\ndate: 2024-03-05\nlang: de\nowner: Ann\n---\n\n# Heading\n\ntext',
    );
    expect(document).toMatchObject({
      title: 'A: title',
      tags: ['x', 'y', 'z'],
      modifiedAt: '2024-03-05T00:00:00.000Z',
      language: 'de',
      metadata: { owner: 'Ann' },
      text: '\n# Heading\n\ntext',
      firstLine: 9,
    });
  });
  test('may be TOML', async () => {
    expect(await parse('+++\ntitle = "T"\ntags = ["a"]\n+++\nbody')).toMatchObject({
      title: 'T',
      tags: ['a'],
      text: 'body',
      firstLine: 5,
    });
  });
  test('an alias bomb costs a warning', async () => {
    const lines = Array.from(
      { length: 9 },
      (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${Array(9).fill(`*${'abcdefghi'[i]}`)}]`,
    );
    const document = await parse(`---\na: &a [x,x,x]\n${lines.join('\n')}\n---\n# Body\n`);
    expect(document.text).toBe('# Body\n');
    expect(document.warnings).toEqual([expect.stringContaining('Front matter ignored')]);
  });
  test('a rule and another rule are none', async () => {
    expect((await parse('---\n\nJust text between rules.\n\n---\nmore')).text).toContain('Just text');
  });
  test('alone in a file, it is the text', async () => {
    expect(await parse('---\ntitle: Entry\ndescription: An exporter for logs\n---\n')).toMatchObject({
      title: 'Entry',
      text: expect.stringContaining('An exporter for logs'),
      firstLine: 1,
    });
  });
  test('__proto__ sets nothing', async () => {
    const document = await parse('---\n__proto__: {polluted: yes}\ntitle: x\n---\nbody');
    expect((document.metadata as { polluted?: unknown }).polluted).toBeUndefined();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('hostile text', () => {
  const hostile: ReadonlyArray<readonly [string, string]> = [
    ['20,000 quote marks', '>'.repeat(20_000)],
    ['brackets', '['.repeat(200_000)],
    ['list marks', '- '.repeat(100_000)],
    ['headings', '# a\n'.repeat(50_000)],
    ['ever deeper items', Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i)}- x`).join('\n')],
    ['a wide table', `|${'a|'.repeat(50_000)}\n|${'-|'.repeat(50_000)}\n|${'b|'.repeat(50_000)}\n`],
    ['unclosed comments', '<!--\n'.repeat(50_000)],
    ['emphasis in a heading', `# ${'*_'.repeat(50_000)}`],
    ['open links in a heading', `# ${'[a]('.repeat(50_000)}`],
  ];
  test.each(hostile)('%s: read in linear time', (_name, text) => {
    const started = performance.now();
    const { blocks: found } = markdownStructure(`${text}x`);
    expect(found.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('any mix of marks gives blocks that cover the text', async () => {
    const marks = [
      '# ',
      '- ',
      '1. ',
      '> ',
      '```\n',
      '~~~',
      '    ',
      '\t',
      '|',
      '|---|',
      '===',
      '---',
      '<!--',
      '-->',
      '<div>',
      '\n',
      '\n\n',
      'text',
      '`',
      '+++',
      '<pre>',
    ];
    let state = 1;
    for (let round = 0; round < 400; round++) {
      let text = 'a';
      for (let count = 0; count < 30; count++) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
        text += marks[(state >> 8) % marks.length];
      }
      expectSound(await parse(text));
    }
  });
});
