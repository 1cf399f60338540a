import { expect, test } from 'vitest';
import { comparisonSides } from '../../../src/retrieve/query/comparison-sides.ts';
import { readDocumentQuestion } from '../../../src/retrieve/query/document-question.ts';
import { readNewestAsked } from '../../../src/retrieve/query/newest-asked.ts';

test.each([
  ['summarize onboarding.md', 'onboarding.md'],
  ['Summarise the document "Travel expenses".', 'Travel expenses'],
  ['Please summarize people/onboarding.md', 'people/onboarding.md'],
  ['What does the HQ guide say?', 'HQ guide'],
  ['what is onboarding.md about?', 'onboarding.md'],
  ['Give me an overview of the Leave policy', 'Leave policy'],
  ['tl;dr: notes.txt', 'notes.txt'],
  ["What's in budget-2026.xlsx?", 'budget-2026.xlsx'],
])('%s asks for the whole of %s', (question, name) => expect(readDocumentQuestion(question)).toBe(name));

test.each([
  'What does onboarding.md say about laptops?',
  'Who summarizes the meeting?',
  'summarize',
  `summarize ${'x'.repeat(400)}`,
  '',
])('%s asks for no document', (question) => expect(readDocumentQuestion(question)).toBeNull());

test.each([
  ['What is the difference between the Otter and the Heron 3?', ['Otter', 'Heron 3']],
  ['What is the difference between the 2024 and 2026 leave policy?', ['2024 leave policy', '2026 leave policy']],
  ['compare cold and hot storage', ['cold storage', 'hot storage']],
  ['compare cold storage with hot storage', ['cold storage', 'hot storage']],
  ['Kestrel vs. Kafka', ['Kestrel', 'Kafka']],
  ['How does the Otter differ from the Heron?', ['Otter', 'Heron']],
])('%s has two sides', (question, sides) => expect(comparisonSides(question)).toEqual(sides));

test.each(['Who is better?', 'between us and them', 'a difference of opinion', 'vs'])('%s has no sides', (question) =>
  expect(comparisonSides(question)).toBeNull(),
);

const NOW = Date.UTC(2026, 4, 15);
test('the newest is asked for in words, or as of a date', async () => {
  expect(await readNewestAsked('What is the latest leave policy?', NOW)).toEqual({ written: 'latest', until: null });
  expect(await readNewestAsked('leave as of March 2024', NOW)).toEqual({
    written: 'as of March 2024',
    until: Date.UTC(2024, 3, 1),
  });
  expect(await readNewestAsked('leave as of late', NOW)).toBeNull();
  expect((await readNewestAsked('What is the current price?', NOW))?.until).toBeNull();
  expect(await readNewestAsked('What is the current of the motor?', NOW)).toBeNull();
  expect(await readNewestAsked('electric currents', NOW)).toBeNull();
});
