import { expect, test } from 'vitest';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

test('a search tells when no passage has the words and those found are only near in meaning', async () => {
  const folder = temporaryFolder({ 'a.md': 'The pumps stand in the cellar.', 'b.md': 'Oil is changed in autumn.' });
  const knowledgeBase = await openTemporary({ embedder: undefined });
  await finish(knowledgeBase.add(folder.path));
  const NOTE = 'No passage has these words; these are near in meaning.';
  const far = await knowledgeBase.search('basement');
  expect(far.hits[0]?.path).toBe('a.md');
  expect(far.notes).toContain(NOTE);
  expect((await knowledgeBase.search('cellar')).notes).not.toContain(NOTE);
  expect((await knowledgeBase.search('basement', { mode: 'vector' })).notes).not.toContain(NOTE);
  expect((await knowledgeBase.search('basement', { mode: 'lexical' })).notes).not.toContain(NOTE);
});
