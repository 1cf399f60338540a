import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { VerifyOptions, VerifyReport } from '../../../src/app/maintain/types.ts';
import { openKnowledgeBase } from '../../../src/app/open-knowledge-base.ts';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { hashEmbedder } from '../../../src/testing/hash-embedder.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const GUIDE = `# Guide\n\n${Array.from({ length: 60 }, (_, at) => `## Part ${at}\n\nThe pump number${at} is green and stands in hall${at}, where the valve is opened by hand before noon.`).join('\n\n')}\n`;

async function verified(knowledgeBase: KnowledgeBase, options?: VerifyOptions): Promise<VerifyReport> {
  for await (const event of (await knowledgeBase.maintenance()).verify(options)) {
    if (event.type === 'verify-end') return event.report;
  }
  throw new Error('verify ended without a report');
}

/** A database of two files, then changed behind the program's back. */
async function tampered(sql: string): Promise<KnowledgeBase> {
  const folder = temporaryFolder({ 'guide.md': GUIDE, 'other.txt': 'A text\nof two lines about bicycles.\n' });
  const whole = await openTemporary();
  await finish(whole.add(folder.path));
  const { path } = whole;
  whole.close();
  const raw = new Database(path);
  raw.exec(sql);
  raw.close();
  return openKnowledgeBase({ path, embedder: hashEmbedder() });
}

const kinds = ({ problems }: VerifyReport) => [...new Set(problems.map(({ kind }) => kind))].sort();

test('what was just added is sound, and its vectors are what the model gives', async () => {
  const knowledgeBase = await tampered('SELECT 1');
  const report = await verified(knowledgeBase, { embedAgain: true });
  expect(report).toMatchObject({ documents: 2, problemCount: 0, problems: [], interrupted: false });
  expect(report.passages).toBeGreaterThan(2);
  expect([report.vectors, report.embedded]).toEqual([report.passages, report.passages]);
  knowledgeBase.close();
});

test.each([
  [
    'a text that was changed',
    `UPDATE document_texts SET text = replace(text, 'number', 'nimber')`,
    ['vector', 'words'],
  ],
  ['a text with its end cut off', 'UPDATE document_texts SET text = substr(text, 1, 200)', ['passage', 'section']],
  ['a passage that begins later', 'UPDATE chunks SET start = start + 7 WHERE ordinal = 1', ['passage', 'vector']],
  ['a passage that is gone', 'DELETE FROM chunks WHERE ordinal = 1', ['file', 'passage']],
  ['lines that are not its own', 'UPDATE chunks SET line_start = line_start + 1 WHERE ordinal = 0', ['passage']],
  ['words that are not in the index', 'DELETE FROM chunk_words WHERE rowid = 2', ['file', 'words']],
  ['words of nothing', `INSERT INTO chunk_words (rowid, body) VALUES (9999, 'x')`, ['file']],
  ['a section outside of the text', `UPDATE documents SET text_length = 5`, []],
])('%s is found', async (_, sql, expected) => {
  const knowledgeBase = await tampered(sql);
  const report = await verified(knowledgeBase);
  if (expected.length === 0) expect(report.problemCount).toBe(0);
  else expect(kinds(report)).toEqual(expected);
  for (const { message } of report.problems) expect(message).toMatch(/^[A-Z0-9].*\.$/s);
  knowledgeBase.close();
});

test('a vector that belongs to another text is found when the passages are embedded again', async () => {
  const knowledgeBase = await tampered('SELECT 1');
  const { path } = knowledgeBase;
  knowledgeBase.close();
  const other = await openKnowledgeBase({
    path,
    embedder: {
      ...hashEmbedder(),
      embedPassages: async (texts) => hashEmbedder().embedPassages(texts.map(() => 'another text')),
    },
  });
  expect((await verified(other)).problemCount).toBe(0);
  const report = await verified(other, { embedAgain: true });
  expect(kinds(report)).toEqual(['vector']);
  expect(report.problemCount).toBe(report.passages);
  other.close();
});

test('mending puts lost words back, and has what is beyond that read again', async () => {
  const knowledgeBase = await tampered(
    `DELETE FROM chunk_words WHERE rowid = (SELECT id FROM chunks WHERE document_id = 1 LIMIT 1); UPDATE chunks SET start = start + 1 WHERE document_id = 2`,
  );
  const first = await verified(knowledgeBase, { mend: true });
  expect(first.mended.map(({ how }) => how).sort()).toEqual(['again', 'rewritten']);
  await finish(knowledgeBase.sync());
  const second = await verified(knowledgeBase);
  expect([second.problemCount, second.documents]).toEqual([0, 2]);
  knowledgeBase.close();
});

test('a check that is stopped says so', async () => {
  const knowledgeBase = await tampered('SELECT 1');
  const report = await verified(knowledgeBase, { signal: AbortSignal.abort() });
  expect(report).toMatchObject({ interrupted: true, documents: 0 });
  knowledgeBase.close();
});
