import Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { feedbackSet } from '../../../src/app/usage/feedback-set.ts';
import type { Usage } from '../../../src/app/usage/types.ts';
import { finish, openTemporary, type TemporaryFolder, temporaryFolder } from '../temporary-knowledge-base.ts';

const leave = '# Leave\n\nEach parent has twenty six weeks of parental leave on full pay, taken in one or two parts.\n';

let folder: TemporaryFolder;
let knowledgeBase: KnowledgeBase;
let usage: Usage;
const sync = () => finish(knowledgeBase.add(folder.path));

beforeEach(async () => {
  folder = temporaryFolder({ 'leave.md': leave, 'travel.md': '# Travel\n\nTrains are booked by the travel desk.\n' });
  knowledgeBase = await openTemporary();
  usage = await knowledgeBase.usage();
  await sync();
});

const pickLeave = async () => {
  const { hits } = await knowledgeBase.search('parental leave');
  const hit = hits.find(({ path }) => path === 'leave.md');
  if (!hit) throw new Error('The leave is found.');
  return usage.pick('parental leave', hit);
};
const states = () => usage.feedback().map(({ state, path }) => [state, path]);

describe('what was said to be right', () => {
  test('is there as long as its passage is', async () => {
    const entry = await pickLeave();
    expect(entry).toMatchObject({ question: 'parental leave', state: 'there', path: 'leave.md' });
    expect(knowledgeBase.get(entry.chunkId ?? '').text).toContain('twenty six weeks');
    expect((await pickLeave()).id).toBe(entry.id);
  });

  test('survives another text before it', async () => {
    await pickLeave();
    folder.write({ 'leave.md': `# News\n\n${'Something else entirely. '.repeat(200)}\n\n${leave}` });
    await sync();
    expect(states()).toEqual([[expect.stringMatching(/there|edited/), 'leave.md']]);
    const [entry] = usage.feedback();
    expect(knowledgeBase.get(entry?.chunkId ?? '').text).toContain('twenty six weeks');
  });

  test('survives an edit of its words, and not one of most of them', async () => {
    await pickLeave();
    folder.write({ 'leave.md': leave.replace('full pay', 'full pay and bonus') });
    await sync();
    expect(states()).toEqual([['edited', 'leave.md']]);
    folder.write({ 'leave.md': '# Leave\n\nSee the intranet.\n' });
    await sync();
    expect(states()).toEqual([['passage gone', 'leave.md']]);
    expect(usage.feedback()[0]?.chunkId).toBeNull();
  });

  test('follows its document to another name', async () => {
    await pickLeave();
    folder.write({ 'people/rules.md': leave });
    folder.remove('leave.md');
    await sync();
    expect(states()).toEqual([['moved', 'people/rules.md']]);
  });

  test('follows its passage into another folder with the same file name', async () => {
    await pickLeave();
    folder.write({ 'people/leave.md': `${leave}\n## More\n\nAsk your manager about the dates.\n` });
    folder.remove('leave.md');
    await sync();
    expect(states()).toEqual([['moved', 'people/leave.md']]);
  });

  test('says when its document is gone, and is there again when that comes back', async () => {
    await pickLeave();
    folder.remove('leave.md');
    await sync();
    expect(states()).toEqual([['document gone', 'leave.md']]);
    expect(usage.feedbackLines()).toEqual([]);
    folder.write({ 'leave.md': leave });
    await sync();
    expect(states()).toEqual([['there', 'leave.md']]);
  });

  test('survives another name of its collection', async () => {
    await pickLeave();
    knowledgeBase.renameCollection('default', 'work');
    expect(usage.feedback()).toMatchObject([{ state: 'there', collection: 'work' }]);
  });

  test('keeps no text of a document', async () => {
    await pickLeave();
    const database = new Database(knowledgeBase.path, { readonly: true });
    const rows = database.prepare('SELECT * FROM feedback').raw().all() as unknown[][];
    database.close();
    expect(rows).toHaveLength(1);
    expect(Buffer.from(rows.flat().map(String).join(' ')).toString()).not.toMatch(/twenty|weeks/);
  });

  test('is taken back by its number', async () => {
    const { id } = await pickLeave();
    expect(usage.removeFeedback(id)).toMatchObject({ id, path: 'leave.md' });
    expect(usage.feedback()).toEqual([]);
    expect(() => usage.removeFeedback(id)).toThrow(`There is no feedback with the number ${id}.`);
  });
});

test('a reference may name a document or a passage; what is not there is refused', () => {
  expect(usage.addFeedback('trains?', 'travel.md')).toMatchObject({ state: 'there', chunkId: null });
  const [document] = knowledgeBase.list({ filter: { paths: ['travel.md'] } });
  expect(usage.addFeedback('trains?', `${document?.documentId}.0`).chunkId).toBe(`${document?.documentId}.0`);
  expect(() => usage.addFeedback('trains?', 'planes.md')).toThrow('There is no document "planes.md".');
  expect(() => usage.addFeedback(' ', 'travel.md')).toThrow('The question is empty.');
});

test('the export is a set of questions that an evaluation can judge', async () => {
  await pickLeave();
  usage.addFeedback('parental leave', 'travel.md');
  usage.addFeedback('trains', 'travel.md');
  const lines = usage.feedbackLines();
  expect(lines.map(({ question, paths, passages }) => [question, paths, passages.length])).toEqual([
    ['parental leave', ['leave.md', 'travel.md'], 1],
    ['trains', ['travel.md'], 0],
  ]);
  const set = await feedbackSet(knowledgeBase);
  expect(set.questions).toHaveLength(2);
  expect(set.skipped).toEqual([]);
});
