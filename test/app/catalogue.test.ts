import { beforeEach, expect, test } from 'vitest';
import type { KnowledgeBase } from '../../src/app/types.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

let knowledgeBase: KnowledgeBase;

async function answerTo(question: string, paths?: string[]): Promise<Answer> {
  for await (const event of knowledgeBase.ask(question, { filter: { paths } })) {
    if (event.type === 'answer-end') return event.answer;
  }
  throw new Error('The stream did not end with answer-end.');
}

beforeEach(async () => {
  knowledgeBase = await openTemporary();
  const folder = temporaryFolder({
    'office/plan.md': '# Floor plan\n\nThe kitchen is on the second floor.',
    'office/parking.txt': 'The garage opens at six. How many documents are there? Nobody knows.',
    'leave.md': '# Leave\n\nThirty days.',
  });
  await finish(knowledgeBase.add(folder.path, { tags: ['handbook'] }));
});

test('counts are exact and say what was counted', async () => {
  expect(await answerTo('How many documents are there?')).toMatchObject({
    text: '3 documents: 2 md, 1 txt.',
    model: 'catalogue',
    support: 'supported',
    citations: [],
  });
  expect((await answerTo('How many text files do I have?')).text).toBe('1 document of type txt.');
  expect((await answerTo('How many PDFs are there?')).text).toBe('0 documents of type pdf.');
  expect((await answerTo('How many documents are tagged handbook?')).text).toBe('3 documents tagged handbook.');
  expect((await answerTo('How many documents are there?', ['office'])).text).toBe('2 documents.');
});

test('lists name each document', async () => {
  const { text } = await answerTo('List all files in the folder office');
  expect(text).toMatch(
    /^2 documents in the folder office:\n- office\/parking\.txt.*\n- office\/plan\.md \(Floor plan\)/,
  );
});

test('what names nothing that is there is read in the documents', async () => {
  expect(await answerTo('How many documents are tagged nothing?')).toMatchObject({ model: 'extractive' });
  expect(await answerTo('How many days are there?')).toMatchObject({ model: 'extractive' });
});

test.each([
  ['What is the newest document?', ['leave.md']],
  ['Which document is the newest?', ['leave.md']],
  ['Which file was changed last?', ['leave.md']],
  ['What are the two latest documents?', ['leave.md', 'office/parking.txt']],
  ['Show me the oldest file', ['office/plan.md']],
  ['What is the most recently added text file?', ['office/parking.txt']],
  ['list the newest documents in the folder office', ['office/parking.txt', 'office/plan.md']],
])('%s lists %j', async (question, paths) => {
  const { text, model } = await answerTo(question);
  expect(model).toBe('catalogue');
  expect(text.split('\n').flatMap((line) => /^- (\S+)/.exec(line)?.[1] ?? [])).toEqual(paths);
  expect(text).toMatch(
    /by when (?:it was|they were) (?:changed|added):\n- \S+ \(.+\), (?:changed|added) \d{4}-\d\d-\d\d/,
  );
});

test.each([
  'What is the latest document about?',
  'What is the newest parental leave policy?',
  'Who wrote the oldest file?',
])('%s is read in the documents', async (question) => {
  expect((await answerTo(question)).model).not.toBe('catalogue');
});
