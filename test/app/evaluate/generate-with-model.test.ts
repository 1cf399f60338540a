import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultOf, generateWithModel } from '../../../src/app/evaluate/generate-with-model.ts';
import { questionSetOf } from '../../../src/app/evaluate/read-question-set.ts';
import { createReplyCache } from '../../../src/app/evaluate/reply-cache.ts';
import type { GenerateRequest } from '../../../src/generate/types.ts';
import { scriptedGenerator } from '../../../src/testing/scripted-generator.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const PASSAGE =
  'The heron mast costs 900 euros and carries the antenna of a station. It is made of aluminium, and it stands for twenty years.';
const GOOD = {
  question: 'What is the price of a heron mast?',
  answer: '900 euros',
  quote: 'The heron mast costs 900 euros and carries the antenna of a station.',
};

test.each([
  [{}, null],
  [{ quote: 'the heron mast  costs 900 euros, and carries' }, null],
  [{ question: 'Price?' }, 'too short or too long'],
  [{ question: 'What does the passage say of masts?' }, 'about "the passage"'],
  [{ quote: 'The heron mast costs 800 euros.' }, 'with a quote that is not there'],
  [{ quote: 'mast' }, 'with a quote that is not there'],
  [{ answer: '1200 dollars' }, 'with an answer that is not in its quote'],
  [{ question: 'Who won the football cup?' }, 'that shares no word with its passage'],
])('a question with %j: %s', (changed, expected) => {
  expect(faultOf({ ...GOOD, ...changed }, PASSAGE)).toBe(expected);
});

async function filled() {
  const folder = temporaryFolder({
    'heron.md': `# Heron mast\n\n${PASSAGE}\n`,
    'otter.md':
      '# Otter probe\n\nThe otter probe measures groundwater in wells of up to 3150 metres, and it weighs less than two kilos in air.\n',
  });
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  return knowledgeBase;
}

/** Asks what the first sentence of the passage says, once well and once about "the passage". */
function reply({ messages }: GenerateRequest): readonly string[] {
  const prompt = messages[0]?.content ?? '';
  const quote = /The (?:heron mast|otter probe) [^.]+\./.exec(prompt)?.[0] ?? '';
  const name = /heron mast|otter probe/.exec(quote)?.[0];
  const questions = [
    { question: `What is known about the ${name}?`, answer: quote.slice(0, 40), quote },
    { question: 'What does this passage tell?', answer: quote.slice(0, 40), quote },
    { question: 'A third one that nobody asked for?', answer: 'x', quote },
  ];
  return ['Here:\n', JSON.stringify({ questions })];
}

describe('questions from a model', () => {
  test('are checked, can be evaluated, and cost nothing the second time', async () => {
    const knowledgeBase = await filled();
    const cache = createReplyCache(join(temporaryFolder().path, 'replies'));
    const generator = scriptedGenerator({ deltas: reply });
    const first = await generateWithModel(knowledgeBase, { limit: 4, generator, cache });
    expect(first.questions.map(({ question }) => question).sort()).toEqual([
      'What is known about the heron mast?',
      'What is known about the otter probe?',
    ]);
    expect(first).toMatchObject({
      cached: 0,
      calls: { unreadable: 0 },
      refused: { 'about "the passage"': expect.any(Number) },
    });
    expect(first.calls.calls).toBeLessThanOrEqual(8);
    const lines = first.questions.map(({ id, question, paths, passages = [], answer = null, kind }) => {
      return { id, text: question, relevant: paths, passages, answer, kind, isUnanswerable: false };
    });
    expect(questionSetOf(knowledgeBase, 'made', lines).questions).toHaveLength(2);
    const second = await generateWithModel(knowledgeBase, { limit: 4, generator, cache });
    expect(second).toMatchObject({ questions: first.questions, calls: { calls: 0 }, cached: first.calls.calls });
  });

  test('no more calls than twice the questions, however bad the replies', async () => {
    const knowledgeBase = await filled();
    const cache = createReplyCache(join(temporaryFolder().path, 'replies'));
    const generator = scriptedGenerator({ deltas: ['I would rather not.'] });
    await expect(generateWithModel(knowledgeBase, { limit: 2, generator, cache })).rejects.toThrow(
      /scripted\/test made no usable question/,
    );
    // Every passage is asked about twice when the reply is no JSON.
    expect(generator.requests.length).toBeLessThanOrEqual(8);
  });
});
