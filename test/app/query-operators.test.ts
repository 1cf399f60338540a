import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { KnowledgeBase } from '../../src/app/types.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

let knowledgeBase: KnowledgeBase;

const paths = async (query: string, mode: 'hybrid' | 'lexical' | 'vector' = 'hybrid') =>
  (await knowledgeBase.search(query, { mode })).hits.map(({ path }) => path).sort();

beforeEach(async () => {
  const folder = temporaryFolder({
    'docs/leave.md': '# Leave\n\nAnnual leave is thirty days.',
    'docs/parental.txt': 'Parental leave is a year, and annual leave goes on.',
    'old/leave.md': '# Old leave\n\nAnnual leave was twenty days.',
    'old/東京.md': '東京の休暇は十日です。',
    'code.md': 'Call std::vector::push_back with type:string.',
  });
  for (const path of ['old/leave.md', 'old/東京.md'])
    utimesSync(join(folder.path, path), new Date('2024-05-05'), new Date('2024-05-05'));
  knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path, { tags: ['hr'] }));
});

test('conditions in the query hold in every mode', async () => {
  for (const mode of ['hybrid', 'lexical', 'vector'] as const) {
    expect(await paths('annual leave type:txt', mode)).toEqual(['docs/parental.txt']);
    expect(await paths('annual leave path:docs/ -type:txt', mode)).toEqual(['docs/leave.md']);
    expect(await paths('annual leave path:docs -parental', mode)).toEqual(['docs/leave.md']);
    expect(await paths('annual leave path:old -東京', mode)).toEqual(['old/leave.md']);
    expect(await paths('annual leave before:2024-06 -"十日"', mode)).toEqual(['old/leave.md']);
    expect(await paths('annual leave changed in May 2024 -休暇', mode)).toEqual(['old/leave.md']);
  }
});

test('a condition is added to those of flags', async () => {
  const { hits } = await knowledgeBase.search('annual leave type:md', { filter: { paths: ['docs'] } });
  expect(hits.map(({ path }) => path)).toEqual(['docs/leave.md']);
  expect(await paths('annual leave path:docs path:leave.md')).toEqual(['docs/leave.md']);
});

test('a condition that no document meets is read as words, and that is said', async () => {
  const { hits, notes, explanation } = await knowledgeBase.search('push_back type:string');
  expect(hits[0]).toMatchObject({ path: 'code.md' });
  expect(notes.join(' ')).toContain('type:string');
  expect(explanation).toMatchObject({ filters: [], terms: expect.arrayContaining(['type', 'string']) });
  const both = await knowledgeBase.search('annual leave in:nowhere type:txt');
  expect(both.hits.map(({ path }) => path)).toEqual(['docs/parental.txt']);
  expect(both.notes.join(' ')).toContain('in:nowhere');
});

test('words that are left out are named when nothing remains', async () => {
  const { hits, notes } = await knowledgeBase.search('push_back -vector', { mode: 'lexical' });
  expect(hits).toEqual([]);
  expect(notes.join(' ')).toContain('"vector"');
});

test('the explanation shows what was understood', async () => {
  const { explanation } = await knowledgeBase.search('annual leave until:2024 -parental');
  expect(explanation).toMatchObject({
    terms: ['annual', 'leave'],
    excluded: ['parental'],
    filters: [{ written: 'until:2024', conditions: { until: '2024-12-31T23:59:59.999Z' } }],
  });
});

test('a misspelt word is searched for as the nearest that is known, when nothing has it; else it is only named', async () => {
  for (const mode of ['hybrid', 'lexical'] as const) {
    const alone = await knowledgeBase.search('parentel', { mode });
    expect(alone.hits[0]).toMatchObject({ path: 'docs/parental.txt' });
    expect(alone.notes.join(' ')).toMatch(/"parentel".*searched for parental/);
    const beside = await knowledgeBase.search('annual parentel', { mode });
    expect(beside.notes).toEqual(['No passage has "parentel"; did you mean "parental"?']);
    expect(beside.explanation.terms).toEqual(['annual', 'parentel']);
  }
  expect((await knowledgeBase.search('annual leave')).notes).toEqual([]);
});

test('a date that no document passes finds nothing, and says so', async () => {
  const { hits, notes } = await knowledgeBase.search('annual leave before:2001');
  expect(hits).toEqual([]);
  expect(notes.join(' ')).toContain('before:2001');
});

test('what looks like an operator and is read as words is told', async () => {
  expect((await knowledgeBase.search('who has annual leave -parental')).notes.join(' ')).toContain('-"parental"');
  expect((await knowledgeBase.search('annual leave since:whenever')).notes.join(' ')).toContain('since:whenever');
});
