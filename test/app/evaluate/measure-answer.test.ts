import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type AnsweredQuestion, measureAnswer } from '../../../src/app/evaluate/measure-answer.ts';
import { createBuiltinEmbedder } from '../../../src/embed/builtin/builtin-embedder.ts';
import { ANSWER_MEASURE_NAMES, type AnswerMeasureName } from '../../../src/evaluate/answer-measures.ts';
import { mean } from '../../../src/evaluate/metrics.ts';

const embedder = createBuiltinEmbedder();

type Line = { question: string; paths: string[]; answer: string | null };

const corpus = join(import.meta.dirname, '../../../fixtures/corpus');
const paragraphsOf = (path: string): string[] =>
  readFileSync(join(corpus, path), 'utf8')
    .split(/\n{2,}/)
    .filter((text) => text.trim() !== '');

/** Questions about the Markdown files of the handbook, answered with the paragraph that holds the right answer. */
const answered: readonly AnsweredQuestion[] = readFileSync(
  join(import.meta.dirname, '../../../fixtures/eval/corpus-questions.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line)
  .flatMap(({ question, paths, answer }) => {
    const [path] = paths;
    if (!path?.endsWith('.md') || answer === null) return [];
    const paragraphs = paragraphsOf(path);
    const right = paragraphs.find((text) => text.includes(answer));
    if (right === undefined) return [];
    const others = paragraphs.filter((text) => text !== right).slice(0, 3);
    const passages = [right, ...others].map((text) => ({ text, isRelevant: text === right }));
    return [{ question, answer: `${right.replace(/\s+/g, ' ')} [1]`, gold: answer, passages, goldPassages: [] }];
  });

const measured = (each: AnsweredQuestion) => measureAnswer(each, embedder);

async function means(all: readonly AnsweredQuestion[]): Promise<Record<AnswerMeasureName, number>> {
  const measures = await Promise.all(all.map(measured));
  return Object.fromEntries(
    ANSWER_MEASURE_NAMES.map((name) => [name, mean(measures.flatMap((each) => each[name] ?? []))]),
  ) as Record<AnswerMeasureName, number>;
}

/** Each changes every answer for the worse; what must fall on the mean, and in no single answer rise. */
const ALTERATIONS: readonly {
  readonly name: string;
  readonly alter: (each: AnsweredQuestion, i: number) => AnsweredQuestion;
  readonly falls: readonly AnswerMeasureName[];
  /** Single answers may gain by chance: a stranger's answer may share words. */
  readonly onMean?: boolean;
}[] = [
  {
    name: 'every number is another one',
    alter: (each) => ({ ...each, answer: each.answer.replace(/\d+(?!\])/g, (digits) => `${Number(digits) + 7919}`) }),
    falls: ['faithfulness', 'correctness', 'goldRecall'],
  },
  {
    name: 'a sentence is invented',
    alter: (each) => ({
      ...each,
      answer: `${each.answer} Seventeen purple elephants danced around the lighthouse. [1]`,
    }),
    falls: ['faithfulness', 'correctness'],
  },
  {
    name: 'the answer is that of another question',
    alter: (each, i) => ({ ...each, answer: (answered[(i + 7) % answered.length] as AnsweredQuestion).answer }),
    falls: ['faithfulness', 'answerRelevancy', 'correctness', 'goldRecall'],
    onMean: true,
  },
  {
    name: 'the useful passage comes last',
    alter: (each) => ({ ...each, passages: [...each.passages.slice(1), ...each.passages.slice(0, 1)] }),
    falls: ['contextPrecision'],
  },
  {
    name: 'the useful passage is missing',
    alter: (each) => ({ ...each, passages: each.passages.slice(1) }),
    falls: ['faithfulness', 'contextPrecision', 'contextRecall'],
  },
];

describe('lexical measures of answers', () => {
  let before: Record<AnswerMeasureName, number>;
  beforeAll(async () => {
    expect(answered.length).toBeGreaterThan(30);
    before = await means(answered);
  });

  test('an answer that is a passage is faithful, and finds all of the right answer', () => {
    expect(before).toMatchObject({ contextPrecision: 1, contextRecall: 1, goldRecall: 1 });
    expect(before.faithfulness).toBeGreaterThan(0.98);
  });

  test.each(ALTERATIONS)('are lower when $name', async ({ alter, falls, onMean }) => {
    const altered = answered.map(alter);
    const after = await means(altered);
    for (const name of falls) expect(after[name], name).toBeLessThan(before[name] - 0.02);
    for (const [i, each] of onMean ? [] : altered.entries()) {
      const [was, is] = [await measured(answered[i] as AnsweredQuestion), await measured(each)];
      for (const name of falls)
        expect(is[name] ?? 0, `${name} of ${each.question}`).toBeLessThanOrEqual((was[name] ?? 0) + 1e-9);
    }
  });

  test('all are within [0, 1] for any text', async () => {
    for (const text of ['', '[1]', '…', '42', 'नमस्ते', '基準水槽の深さは6.2メートルです。', '# A\n\n- b\n- c: d']) {
      const measures = await measured({ ...(answered[0] as AnsweredQuestion), answer: text });
      for (const value of Object.values(measures)) {
        expect(value === null || (value >= 0 && value <= 1), `${text}: ${value}`).toBe(true);
      }
    }
  });
});
