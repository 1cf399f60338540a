import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import type { KnowledgeBase } from '../../src/app/types.ts';
import { isRagError } from '../../src/platform/errors.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const manual = fileURLToPath(new URL('../../fixtures/corpus/products/heron-3-manual.pdf', import.meta.url));

let knowledgeBase: KnowledgeBase;
let manualPath: string;

beforeEach(async () => {
  const folder = temporaryFolder({
    'README.md': 'one\ntwo\nthree',
    'company/about.md': '# About\n\nus',
    'company/e\u0301t\u00e9.txt': 'Summer.',
    'company/été/note.txt': 'A note.',
  });
  manualPath = join(folder.path, 'manual.pdf');
  copyFileSync(manual, manualPath);
  knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
});

const refusal = (reference: string): { code: string; message: string; hint?: string } => {
  try {
    knowledgeBase.get(reference);
  } catch (error) {
    if (isRagError(error)) return error;
  }
  throw new Error(`${reference} was not refused.`);
};

describe('pages', () => {
  test('the place that a search prints can be read', async () => {
    const { hits } = await knowledgeBase.search('Mounting the gauge', { limit: 1, filter: { types: ['pdf'] } });
    const { page } = hits[0]!.chunk;
    for (const name of ['manual.pdf', manualPath]) {
      const { text, lines, chunk } = knowledgeBase.get(`${name}#page=${page}`);
      expect(text).toContain(hits[0]!.chunk.text.slice(0, 40));
      expect(text.length).toBeLessThan(knowledgeBase.get('manual.pdf').text.length);
      expect({ lines, chunk }).toEqual({ lines: null, chunk: null });
    }
  });

  test('a page that is not there, and a text without pages, are named', () => {
    expect(refusal('manual.pdf#page=20').message).toBe('manual.pdf has no text on page 20; its pages end with 5.');
    expect(refusal('README.md#page=1').message).toBe('README.md has no pages.');
  });
});

test('lines that end before they begin are turned round in the hint', () => {
  expect(refusal('README.md:3-1')).toMatchObject({ hint: expect.stringContaining('README.md:1-3') });
  expect(refusal('README.md:9').message).toBe('README.md has the lines 1 to 3; 9 is not among them.');
});

test.each(['été.txt', 'e\u0301te\u0301.txt', 'company/été.txt'])(
  '%j is found however its accents are written',
  (name) => expect(knowledgeBase.get(name).text).toBe('Summer.'),
);

describe('a name that is not there', () => {
  test.each([
    ['readme.md', 'Did you mean README.md?'],
    ['readme.md:12-14', 'Did you mean README.md?'],
    ['abuot.md', 'Did you mean company/about.md?'],
    ['docs/About', 'Did you mean company/about.md?'],
    ['été', 'Did you mean company/été.txt?'.normalize('NFC')],
    ['x', 'See `rag ls` for what is there.'],
    ['quarterly-figures.xlsx', 'See `rag ls` for what is there.'],
  ])('%s', (reference, hint) => expect(refusal(reference).hint?.normalize('NFC')).toBe(hint));
});
