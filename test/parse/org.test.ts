import { expect, test } from 'vitest';
import { orgParser } from '../../src/parse/org.ts';
import { parseBytes } from './parse-bytes.ts';

test('keywords become title, tags, language and date; the text stays the file', async () => {
  const source =
    '#+TITLE: Field notes\n#+AUTHOR: Ada\n#+DATE: <2026-03-01 Sun>\n#+FILETAGS: :water:reeds:\n#+LANGUAGE: en\n\nBody.\n';
  expect(await parseBytes(orgParser, source)).toMatchObject({
    text: source,
    firstLine: 1,
    title: 'Field notes',
    language: 'en',
    modifiedAt: '2026-03-01T00:00:00.000Z',
    tags: ['water', 'reeds'],
    metadata: { author: 'Ada' },
  });
});

test('headings are their words without states, priorities, tags and links', async () => {
  const { sections } = await parseBytes(
    orgParser,
    '#+TODO: WAIT(w@) | KEPT(k)\n* TODO [#A] Call [[https://example.org][Ada]] :work:\n** WAIT the /boat/\n* Rest\n*bold* text\n',
  );
  expect(sections.map((section) => section.kind === 'heading' && [section.level, section.title])).toEqual([
    [1, 'Call Ada'],
    [2, 'the boat'],
    [1, 'Rest'],
  ]);
});

test('source, quotes, drawers, lists and tables are blocks', async () => {
  const source =
    '* H\n:PROPERTIES:\n:ID: 1\n:END:\ntext\n- one\n  more\n- two\n\n#+begin_src c\n* x\n\n#+end_src\n#+BEGIN_QUOTE\nsaid\n#+END_QUOTE\n| a | b |\n|---+---|\n| 1 | 2 |\n: fixed\nend\n';
  const { blocks } = await parseBytes(orgParser, source);
  expect(blocks.map(({ kind, span }) => [kind, source.slice(span.start, span.end)])).toEqual([
    ['heading', '* H'],
    ['paragraph', ':PROPERTIES:\n:ID: 1\n:END:'],
    ['paragraph', 'text'],
    ['list-item', '- one\n  more'],
    ['list-item', '- two'],
    ['code', '#+begin_src c\n* x\n\n#+end_src'],
    ['quote', '#+BEGIN_QUOTE\nsaid\n#+END_QUOTE'],
    ['table-row', '| a | b |\n|---+---|'],
    ['table-row', '| 1 | 2 |'],
    ['code', ': fixed'],
    ['paragraph', 'end'],
  ]);
  expect(blocks[8]?.header).toEqual(
    expect.objectContaining({ start: source.indexOf('| a'), end: source.indexOf('| a') + 9 }),
  );
});

test('a block that is never closed hides no heading', async () => {
  const { sections } = await parseBytes(orgParser, '#+BEGIN_SRC\n* One\n#+BEGIN_EXAMPLE\n* Two\n');
  expect(sections).toHaveLength(2);
});

test('a hundred thousand open blocks, deep headings and a long line are read in one pass', async () => {
  const hostile = [
    '#+BEGIN_SRC\n'.repeat(100_000),
    Array.from({ length: 100_000 }, (_, depth) => `${'*'.repeat((depth % 40) + 1)} h`).join('\n'),
    `* ${':a'.repeat(1_000_000)}:`,
    '#+TAG: x\n'.repeat(200_000),
  ];
  for (const source of hostile) expect((await parseBytes(orgParser, source)).blocks.length).toBeGreaterThan(0);
});
