import { describe, expect, test } from 'vitest';
import { needsConversation } from '../../../src/app/chat/needs-conversation.ts';
import { rewriteByRules, subjectOf } from '../../../src/app/chat/rewrite-by-rules.ts';

describe('a follow-up gets what it leaves out', () => {
  test.each([
    ['What is the hotel limit for employees?', 'and for contractors?', 'What is the hotel limit for contractors?'],
    ['What is the VAT rate in Germany?', 'what about France?', 'What is the VAT rate in France?'],
    ['How many days did we have in 2024?', 'What about 2025?', 'How many days did we have in 2025?'],
    ['What is the notice period?', 'why?', 'What is the notice period? Why?'],
    ['How do I request parental leave?', 'How long does it take?', 'How long does the parental leave take?'],
    ['How do I request parental leave?', 'who approves it?', 'Who approves the parental leave?'],
    ['What is the travel policy?', 'Does that apply to contractors?', 'Does the travel policy apply to contractors?'],
    ['What is the travel policy?', 'What are its exceptions?', "What are the travel policy's exceptions?"],
    ['What is the meal limit in Berlin?', 'Who set that limit?', 'Who set the meal limit in Berlin?'],
    ['What is the meal limit?', 'without a receipt?', 'What is the meal limit without a receipt?'],
    ['Who is Ada Lovelace?', 'When was she born?', 'When was Ada Lovelace born?'],
    ['What is the deadline for reports?', 'what if I miss it?', 'What if I miss the deadline for reports?'],
    ['What is the meal limit?', 'Do I need a receipt for it?', 'Do I need a receipt for the meal limit?'],
    ['What is the meal limit?', 'tell me more', 'What is the meal limit? Tell me more'],
    ['What is the meal limit?', 'Are there exceptions?', 'What is the meal limit? Are there exceptions?'],
    ['Wie lange ist die Kündigungsfrist?', 'und für Externe?', 'Wie lange ist die Kündigungsfrist für Externe?'],
    ['What does it cost for $1 users?', 'and for $& admins?', 'What does it cost for $& admins?'],
  ])('%s — %s', (former, question, expected) => expect(rewriteByRules(question, former)).toBe(expected));
});

test.each([
  'What is the travel policy?',
  'Who is the head of finance?',
  'What does the leave policy say about its scope?',
  'Can contractors extend their badge?',
  'Is it allowed to fly business class?',
  'Documents that mention Berlin',
  'What is RAG?',
  'How many documents are there?',
  'Summarize onboarding.md',
  'What changed this year?',
  'Which policies have their owners named?',
  '',
  '   ',
])('%j stands alone', (question) => {
  expect(needsConversation(question)).toBe(false);
  expect(rewriteByRules(question, 'What is the meal limit?')).toBeNull();
});

test('nothing is rewritten without a question before it', () => expect(rewriteByRules('and then?', '')).toBeNull());

test('hostile questions end at once and stay bounded', () => {
  for (const text of [
    'it '.repeat(50_000),
    'for '.repeat(40),
    `${'a'.repeat(150)} it`,
    '(((((',
    '\\',
    '$&$1',
    'the '.repeat(39),
  ]) {
    const rewritten = rewriteByRules(text, 'for '.repeat(10_000));
    expect((rewritten ?? '').length).toBeLessThan(1000);
    subjectOf(text);
  }
});
