import { expect, test } from 'vitest';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

test.each(['hybrid', 'lexical'] as const)(
  'a %s search for stop words only finds where all stand, together first',
  async (mode) => {
    const folder = temporaryFolder({
      'apart.md': 'It is not to be had, or so they say, to anyone.',
      'hamlet.md': 'He asked whether to be or not to be was the question.',
      'noise.md': 'The pump is to be green. It is not in the hall, but the one of the cellar is.',
    });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    const { hits } = await knowledgeBase.search('to be or not to be', { mode });
    expect(hits.map(({ path }) => path)).toEqual(['hamlet.md', 'apart.md']);
    const none = await knowledgeBase.search('why should they not', { mode });
    expect(none.hits).toEqual([]);
    expect(none.notes.join(' ')).toContain('"why"');
  },
);
