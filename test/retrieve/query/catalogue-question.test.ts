import { describe, expect, test } from 'vitest';
import { readCatalogueQuestion } from '../../../src/retrieve/query/catalogue-question.ts';

const NOW = Date.parse('2026-06-15T10:00:00Z');
const read = (text: string) => readCatalogueQuestion(text, NOW);

describe('a question about the documents themselves', () => {
  test.each<[string, 'count' | 'list', object, object[]]>([
    ['How many documents are there?', 'count', {}, []],
    ['how many files do I have', 'count', {}, []],
    ['How many documents are in the database?', 'count', {}, []],
    ['How many PDFs are there?', 'count', { types: ['pdf'] }, []],
    ['count the markdown files', 'count', { types: ['md'] }, []],
    ['What is the number of Word documents in the knowledge base?', 'count', { types: ['docx'] }, []],
    ['how many documents are tagged hr?', 'count', {}, [{ tags: ['hr'] }]],
    ['How many documents of type pdf have the tag "old plans"', 'count', { types: ['pdf'] }, [{ tags: ['old plans'] }]],
    ['list documents tagged #hr', 'list', {}, [{ tags: ['hr'] }]],
    ['List all files in the folder docs/2024', 'list', {}, [{ paths: ['docs/2024'] }]],
    ['show me all documents in the work collection', 'list', {}, [{ collections: ['work'] }]],
    [
      'Which documents were changed this month?',
      'list',
      { since: '2026-06-01T00:00:00.000Z', until: '2026-06-30T23:59:59.999Z' },
      [],
    ],
    ['what files have been modified since last March?', 'list', { since: '2026-03-01T00:00:00.000Z' }, []],
    [
      'how many PDF files were updated before 2024?',
      'count',
      { types: ['pdf'], until: '2023-12-31T23:59:59.999Z' },
      [],
    ],
    [
      'Which documents were changed in the past two weeks?',
      'list',
      { since: '2026-06-01T00:00:00.000Z', until: '2026-06-15T23:59:59.999Z' },
      [],
    ],
  ])('%j', async (text, asks, conditions, named) => {
    expect(await read(text)).toEqual({ asks, conditions, named });
  });
});

describe('every other question is about what they say', () => {
  test.each([
    'How many employees are there?',
    'How many documents does a new employee sign?',
    'How many documents are needed for a visa?',
    'Which documents are required?',
    'which documents mention leave',
    'list files in a directory',
    'list files in directory recursively python',
    'What documents do you have about travel?',
    'how many pages are in the PDF',
    'How many days of leave are there?',
    'Which documents were changed by Anna?',
    'Which documents were changed when the office moved?',
    'count',
    'how many',
    'list',
    'How many documents tagged',
    'documents',
    '',
    `How many documents are ${'there '.repeat(100)}`,
  ])('%j', async (text) => expect(await read(text)).toBeNull());
});
