import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { writePassages } from '../../src/present/parquet/write-passages.ts';
import { finish, openTemporary, temporaryFolder } from '../app/temporary-knowledge-base.ts';

test('a Parquet file has a row for each passage, with its place, its text and its vector', async () => {
  const folder = temporaryFolder({ 'a.md': '---\ntags: [x]\n---\n# Pumps\n\nThe pump is grün.\n', 'b.txt': 'one\n' });
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  const out = realpathSync(mkdtempSync(join(tmpdir(), 'rag-parquet-')));
  const path = join(out, 'p.parquet');
  const { documents } = (await knowledgeBase.transfer()).export({ vectors: true });
  expect(await writePassages(path, documents)).toBe(2);
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
  rmSync(out, { recursive: true });
  const document = knowledgeBase.get('a.md').document;
  expect(rows[0]).toMatchObject({
    passage_id: `${document.id}.0`,
    path: 'a.md',
    tags: ['x'],
    heading_path: ['Pumps'],
    page: null,
    line_start: expect.any(Number),
  });
  expect(document.text.slice(Number(rows[0]!.start), Number(rows[0]!.end))).toBe(rows[0]!.text);
  expect(rows.map(({ vector }) => vector.length)).toEqual([
    knowledgeBase.status().space!.dimensions,
    knowledgeBase.status().space!.dimensions,
  ]);
});
