import { describe, expect, test } from 'vitest';
import { sourceStructure } from '../../../src/parse/code/source-structure.ts';
import { sourceLanguage } from '../../../src/parse/source-languages.ts';
import { samples } from './samples.ts';

const structureOf = async (name: string, text: string) => {
  const structure = await sourceStructure(sourceLanguage(name, text), name, text);
  if (!structure) throw new Error(`No syntax tree for ${name}.`);
  return structure;
};

const documented = (text: string, span: { start: number; end: number } | null): string =>
  span ? text.slice(span.start, span.end) : '';

describe('definitions of each language', () => {
  test.each(samples)('$name', async ({ name, text, symbols }) => {
    const structure = await structureOf(name, text);
    expect(structure.symbols.map(({ kind, path }) => `${kind} ${path.join(' > ')}`)).toEqual(symbols);
  });
  test.each(samples)('$name: what documents `read`', async ({ name, text }) => {
    const { symbols } = await structureOf(name, text);
    const read = symbols.find(({ path }) => /\bread\b/i.test(path.at(-1) ?? ''));
    expect(documented(text, read?.documentation ?? null)).toContain('Reads');
  });
  test.each(samples)('$name: a definition begins with its name, behind its comment', async ({ name, text }) => {
    for (const { path, definedAt, span } of (await structureOf(name, text)).symbols) {
      expect(span.start).toBeLessThanOrEqual(definedAt);
      expect(definedAt).toBeLessThan(span.end);
      const bare = (path.at(-1) ?? '').split(/[.:]/).findLast((part) => part !== '') ?? '';
      expect(text.slice(definedAt, span.end)).toContain(bare.replace(/^default$/, 'function'));
    }
  });
  test.each(samples)('$name: blocks are in order, apart, and hold all of the text', async ({ name, text }) => {
    const { blocks, sections } = await structureOf(name, text);
    let end = 0;
    for (const { span } of blocks) {
      expect(text.slice(end, span.start).trim()).toBe('');
      expect(span.start).toBeGreaterThanOrEqual(end);
      end = span.end;
    }
    expect(text.slice(end).trim()).toBe('');
    const starts = sections.map(({ span }) => span.start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
});

test('positions are those of the string, not of its bytes', async () => {
  const text =
    'const greeting = "é😀漢字";\n/** Ünïcode 😀. */\nfunction größe() { return "😀"; }\nfunction after() {}\n';
  const { symbols } = await structureOf('a.ts', text);
  expect(symbols.map(({ span }) => text.slice(span.start, span.end))).toEqual([
    '/** Ünïcode 😀. */\nfunction größe() { return "😀"; }',
    'function after() {}',
  ]);
});

test('a long function is divided at its statements, under its name', async () => {
  const statements = Array.from({ length: 40 }, (_, i) => `  if (a > ${i}) {\n    doWhat('${'x'.repeat(60)}');\n  }\n`);
  const text = `/** Why. */\nfunction long(a) {\n${statements.join('\n')}}\n`;
  const { blocks, sections } = await structureOf('a.js', text);
  expect(sections).toEqual([expect.objectContaining({ title: 'long', level: 1 })]);
  expect(blocks.length).toBeGreaterThan(5);
  for (const { span } of blocks.slice(1)) expect(text.slice(span.start, span.end)).toMatch(/^if \(a/);
  expect(text.slice(blocks[0]?.span.start, blocks[0]?.span.end)).toMatch(/^\/\*\* Why/);
});

test('what stands between methods is under the name of the class', async () => {
  const text = 'class A {\n  a() { return 1; }\n  limit = 3;\n}\nrun();\n';
  const { sections } = await structureOf('a.ts', text);
  expect(sections.map((section) => section.kind === 'heading' && [section.level, section.title])).toEqual([
    [1, 'class A'],
    [2, 'a'],
    [2, ''],
    [1, ''],
  ]);
});

test('a comment apart from what follows does not belong to it', async () => {
  const text = '// A licence.\n\nfunction a() {}\n\n// Of b.\nfunction b() {} // trails b\nfunction c() {}\n';
  const { symbols } = await structureOf('a.js', text);
  expect(symbols.map(({ span }) => text.slice(span.start, span.end))).toEqual([
    'function a() {}',
    '// Of b.\nfunction b() {} // trails b',
    'function c() {}',
  ]);
});

test('errors in a part leave the rest as it is', async () => {
  const text = 'def a():\n    return 1\n\nclass (((:\n\ndef b():\n    """Reads."""\n    return 2\n';
  const { symbols } = await structureOf('a.py', text);
  expect(symbols.map(({ path }) => path.join('.'))).toContain('a');
});

describe('no tree is had of', () => {
  const none = async (name: string, text: string) =>
    expect(await sourceStructure(sourceLanguage(name, text), name, text)).toBeNull();

  test('a language without a grammar', () => none('a.cob', 'IDENTIFICATION DIVISION.'));
  test('ten million characters on one line', () => none('a.js', `x=[${'1,'.repeat(5_000_000)}]`));
  test('prose that only looks like source', () =>
    none(
      'a.java',
      'It was a dark and stormy night; the rain fell in torrents, except at (occasional) intervals. '.repeat(50),
    ));
});

test('fifty thousand brackets within each other are read or left', async () => {
  const text = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  for (const name of ['a.js', 'a.py', 'a.rb', 'a.rs', 'a.c']) {
    const structure = await sourceStructure(sourceLanguage(name, text), name, text);
    expect(structure?.symbols ?? []).toEqual([]);
  }
});

test('a source that takes more memory than there is for it is left, and the next one is read', async () => {
  const text = 'a<'.repeat(30_000);
  expect(await sourceStructure(sourceLanguage('a.java', text), 'a.java', text)).toBeNull();
  const { symbols } = await structureOf('b.java', 'class B { void read() {} }');
  expect(symbols.map(({ path }) => path.join('.'))).toEqual(['B', 'B.read']);
}, 60_000);
