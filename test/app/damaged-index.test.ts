import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openKnowledgeBase } from '../../src/app/open-knowledge-base.ts';
import type { SearchOptions } from '../../src/app/types.ts';
import { isRagError } from '../../src/platform/errors.ts';
import { hashEmbedder } from '../../src/testing/hash-embedder.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const PAGE_BYTES = 8192;
const DAMAGE: Readonly<Record<string, (page: Buffer) => unknown>> = {
  zeros: (page) => page.fill(0),
  'zeros in its second half': (page) => page.fill(0, PAGE_BYTES / 2),
  'noise in its middle': (page) => page.fill(0x5a, 3000, 5000),
  'flipped bits': (page) => {
    for (let at = 100; at < PAGE_BYTES; at += 97) page[at]! ^= 0x41;
  },
};
const SEARCHES: readonly SearchOptions[] = [
  { mode: 'lexical' },
  { mode: 'vector' },
  { mode: 'vector', filter: { collections: ['default'] } },
  { mode: 'lexical', filter: { types: ['md'] } },
];

test('a search over damaged index pages finds something or says that the file is damaged, never that nothing is there', async () => {
  const folder = temporaryFolder(
    Object.fromEntries(
      Array.from({ length: 25 }, (_, file) => [
        `${file}.md`,
        Array.from({ length: 150 }, (_, line) => `The pump number${line} of hall${file} is green.`).join('\n\n'),
      ]),
    ),
  );
  const whole = await openTemporary();
  await finish(whole.add(folder.path));
  const { path } = whole;
  whole.close();
  const raw = new Database(path, { readonly: true });
  const pages = raw.prepare('SELECT name, pageno FROM dbstat ORDER BY pageno').all() as {
    name: string;
    pageno: number;
  }[];
  raw.close();
  const indexes = /^(?:chunk_words|chunk_grams|vectors)_|^(?:chunks|documents)_/;
  const outcomes = new Set<string>();
  const seen = new Map<string, number>();
  for (const { name, pageno } of pages.filter((page) => indexes.test(page.name))) {
    // Of an index of many pages, the first few stand for all.
    seen.set(name, (seen.get(name) ?? 0) + 1);
    if (seen.get(name)! > 2) continue;
    for (const [kind, damage] of Object.entries(DAMAGE)) {
      const bytes = readFileSync(path);
      damage(bytes.subarray((pageno - 1) * PAGE_BYTES, pageno * PAGE_BYTES));
      const copy = join(folder.path, 'copy.db');
      writeFileSync(copy, bytes);
      for (const options of SEARCHES) {
        const outcome = await outcomeOf(copy, options);
        outcomes.add(outcome);
        expect(outcome, `${kind} on page ${pageno} of ${name}, ${JSON.stringify(options)}`).toMatch(
          /^(?:hits|DB_DAMAGED)$/,
        );
      }
      for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
    }
  }
  expect(outcomes).toEqual(new Set(['hits', 'DB_DAMAGED']));
});

async function outcomeOf(path: string, options: SearchOptions): Promise<string> {
  try {
    const knowledgeBase = await openKnowledgeBase({ path, embedder: hashEmbedder() });
    try {
      return (await knowledgeBase.search('pump hall3', options)).hits.length > 0 ? 'hits' : 'nothing';
    } finally {
      knowledgeBase.close();
    }
  } catch (error) {
    if (!isRagError(error)) throw error;
    expect(error.hint).toMatch(/rag doctor/);
    return error.code;
  }
}
