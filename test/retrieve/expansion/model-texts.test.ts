import { expect, test } from 'vitest';
import { writeHypotheticalPassage, writeOtherQueries } from '../../../src/retrieve/expansion/model-texts.ts';

const check = async (answer: string, expected: readonly string[]) =>
  expect(await writeOtherQueries('annual leave', async () => answer)).toEqual(expected);

test('one wording a line, without numbers, bullets and quotes', () =>
  check('1. paid holidays\n- "vacation days"\n* time off', ['paid holidays', 'vacation days', 'time off']));

test('the question itself, empty and endless lines are left out', () =>
  check(`Annual leave\n\n---\n${'x'.repeat(400)}\nholidays`, ['holidays']));

test('at most three, each once', () => check('a1\na1\nb1\nc1\nd1', ['a1', 'b1', 'c1']));

test('a year at the start of a wording stays', () => check('2024 holidays', ['2024 holidays']));

test('the question stands in the prompt, and a long passage is cut', async () => {
  const prompts: string[] = [];
  const text = await writeHypotheticalPassage('How long is it?', async (prompt) => {
    prompts.push(prompt);
    return ` ${'y'.repeat(5_000)} `;
  });
  expect(prompts[0]).toContain('How long is it?');
  expect(text).toHaveLength(2_000);
});
