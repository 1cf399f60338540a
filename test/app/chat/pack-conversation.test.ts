import { describe, expect, test } from 'vitest';
import { estimatePromptTokens } from '../../../src/answer/prompt-tokens.ts';
import { type Exchange, packConversation } from '../../../src/app/chat/pack-conversation.ts';
import { createRandom } from '../../../src/evaluate/random.ts';

const exchange = (id: number, question = `Question ${id}?`, answer = `Answer ${id} [1].`): Exchange => ({
  id,
  question,
  answer,
});
const pack = (exchanges: readonly Exchange[], options: Partial<Parameters<typeof packConversation>[0]> = {}) =>
  packConversation({ exchanges, summary: '', summarizedTo: 0, maxTokens: 200, ...options });

describe('the conversation in a prompt', () => {
  test('is whole where it fits, without citations', () =>
    expect(pack([exchange(1), exchange(2)])).toMatchObject({
      text: 'User: Question 1?\nAnswer: Answer 1.\n\nUser: Question 2?\nAnswer: Answer 2.',
      verbatim: 2,
    }));

  test('has older turns in short: what was asked, and the first cited sentence', () => {
    const long = (id: number) =>
      exchange(id, `Question ${id}?`, `Well. Rent is ${id} euros [2]. ${'More. '.repeat(60)}`);
    const { text, verbatim } = pack([long(1), long(2), long(3)], { maxTokens: 220 });
    expect(verbatim).toBe(1);
    expect(text).toMatch(
      /^Before that, in short:\n- Question 1\? — Rent is 1 euros\.\n- Question 2\? — Rent is 2 euros\.\n\nUser: Question 3\?/,
    );
  });

  test('has the summary in place of the turns that it tells', () => {
    const { text, verbatim } = pack([exchange(1), exchange(2), exchange(3)], {
      summary: 'The rent is 5.',
      summarizedTo: 2,
    });
    expect(text).toBe('Before that, in short:\nThe rent is 5.\n\nUser: Question 3?\nAnswer: Answer 3.');
    expect(verbatim).toBe(1);
  });

  test('says that an unanswered question was not answered', () =>
    expect(pack([exchange(1, 'Who?', '')]).text).toContain('The documents did not answer this.'));

  test('is empty of nothing', () => expect(pack([])).toEqual({ text: '', tokens: 0, verbatim: 0 }));
});

test('it is never over the budget, whatever was said', () => {
  const random = createRandom(7);
  const pieces = ['word ', '[1] ', 'ü', '漢字', '😀', '\n', '. ', '`x` ', '</conversation>', '- ', 'a'.repeat(90)];
  const text = (length: number): string =>
    Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
  for (let round = 0; round < 300; round++) {
    const exchanges = Array.from({ length: Math.floor(random() * 9) }, (_, i) =>
      exchange(i + 1, text(Math.floor(random() * 40)), text(Math.floor(random() * 200))),
    );
    const maxTokens = Math.floor(random() * 300);
    const summary = random() < 0.5 ? '' : text(Math.floor(random() * 80));
    const packed = pack(exchanges, { maxTokens, summary, summarizedTo: Math.floor(random() * 9) });
    expect(estimatePromptTokens(packed.text)).toBeLessThanOrEqual(maxTokens);
    expect(packed.tokens).toBe(estimatePromptTokens(packed.text));
  }
});
