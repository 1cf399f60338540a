import { expect, test } from 'vitest';
import { questionParts } from '../../../src/retrieve/query/question-parts.ts';

test.each([
  ['Who approves travel? And how long is parental leave?', ['Who approves travel', 'how long is parental leave']],
  ['Who approves travel and when is leave paid?', ['Who approves travel', 'when is leave paid']],
  [
    'What are the phone numbers of the security desk and the reception?',
    ['What are the phone numbers of the security desk', 'What are the phone numbers of the reception'],
  ],
  ['Who leads sales, and who leads support?', ['Who leads sales', 'who leads support']],
])('%s has the parts %j', (question, parts) => {
  expect(questionParts(question)).toEqual(parts);
});

test.each([
  'Who approves travel?',
  'What is research and development?',
  'How do health and safety rules differ?',
  'Why?',
  'x '.repeat(300),
])('%s is one question', (question) => {
  expect(questionParts(question)).toBeNull();
});
