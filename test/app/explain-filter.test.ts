import { beforeEach, describe, expect, test } from 'vitest';
import type { KnowledgeBase } from '../../src/app/types.ts';
import type { SearchFilter } from '../../src/domain/search.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

let knowledgeBase: KnowledgeBase;

beforeEach(async () => {
  const folder = temporaryFolder({
    'leave.md': '---\ntags: [hr]\ndate: 2024-05-06\n---\n# Leave\n\nThe notice period is thirty days.',
    'plan.txt': 'The kitchen is on the second floor.',
  });
  knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  knowledgeBase.createCollection('empty');
});

const notes = async (query: string, filter: SearchFilter) => (await knowledgeBase.search(query, { filter })).notes;

describe('a filter that leaves nothing over says which part of it does', () => {
  test.each<[string, SearchFilter, string[]]>([
    ['type', { types: ['pdf', 'txt'] }, []],
    ['type', { types: ['pdf'] }, ['No document is of the type "pdf"; there is md, txt.']],
    ['collection', { collections: ['work'] }, ['There is no collection "work"; there is default, empty.']],
    ['empty collection', { collections: ['empty'] }, ['The collection "empty" has no documents.']],
    ['tag', { tags: ['hr', 'x'] }, ['No document has the tag "x".']],
    ['path', { paths: ['nope/**'] }, ['No path or URL matches "nope/**".']],
    ['since', { since: '2090-01-01' }, ['No document changed since 2090-01-01.']],
    ['until', { until: '1999-12-31T10:00Z' }, ['No document changed until 1999-12-31.']],
    ['days', { since: '2026-05-01', until: '2026-01-01' }, ['No day is both since 2026-05-01 and until 2026-01-01.']],
    ['both', { types: ['txt'], tags: ['hr'] }, ['Documents meet each of the filters, but none meets them all.']],
    [
      'two',
      { types: ['pdf'], tags: ['x'] },
      ['No document is of the type "pdf"; there is md, txt.', 'No document has the tag "x".'],
    ],
  ])('%s', async (_, filter, expected) => expect(await notes('kitchen', filter)).toEqual(expected));

  test('and nothing of the sort when documents pass', async () => {
    expect(await notes('"floor plan"', { types: ['md'] })).toEqual([
      'No passage of these has the exact words "floor plan".',
    ]);
    expect(await notes('"floor plan"', {})).toEqual(['No passage has the exact words "floor plan".']);
  });
});

test('the empty database is named before its filters', async () => {
  const empty = await openTemporary();
  expect((await empty.search('x', { filter: { types: ['pdf'] } })).notes).toEqual([
    'The database is empty: add documents with `rag add <folder>`.',
  ]);
});
