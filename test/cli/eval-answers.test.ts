import { afterEach, describe, expect, test } from 'vitest';
import type { ModelServer } from '../servers/model-server.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { workplace } from './eval-workplace.ts';

let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const QUESTIONS = [
  { question: 'How much does the heron mast cost?', paths: ['heron.md'], answer: '900 euros', kind: 'fact' },
  { question: 'How many weeks of parental leave?', paths: ['leave.md'], answer: '26 weeks', kind: 'rule' },
  { question: 'What is the melting point of tungsten?', paths: [], kind: 'unanswerable' },
];
const lines = QUESTIONS.map((line) => JSON.stringify(line)).join('\n');

describe('rag eval answers', () => {
  test('measures quoted answers by words, and counts what is refused', async () => {
    const { rag, write } = await workplace();
    write({ 'a.jsonl': lines });
    const { code, stdout, stderr } = await rag('eval', 'answers', 'a.jsonl');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^a\.jsonl: 3 questions, answered by quoting, without a model\n/);
    expect(stdout).toContain('answered 2 of 2 that have an answer\nrefused  1 of 1 that have none\n');
    expect(stdout).toMatch(/\nlexical faithfulness +1\.000 +1\.000 … 1\.000 +2\n/);
    expect(stdout).toMatch(/\nlexical gold recall +1\.000 /);
    expect(stdout).toMatch(/\nfact +0 of 1 +1\.000/);
    expect(stdout).not.toContain('judged');
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test('--json has every answer with its measures', async () => {
    const { rag, write } = await workplace();
    write({ 'a.jsonl': lines });
    const { schema, data } = JSON.parse((await rag('eval', 'answers', 'a.jsonl', '--json', '-n', '2')).stdout);
    expect(schema).toBe('rag.eval-answers/1');
    expect(data).toMatchObject({
      model: 'extractive',
      judge: null,
      judged: null,
      answerable: { questions: 2, refused: 0 },
      unanswerable: { questions: 0, refused: 0 },
      lexical: { faithfulness: { mean: 1, answers: 2 } },
    });
    expect(data.questions[0]).toMatchObject({ isRefused: false, gold: '900 euros', lexical: { goldRecall: 1 } });
    expect(data.questions[0].answer).toContain('900 euros');
  });

  test('a model answers and judges, over its own wire, and its calls are counted', async () => {
    server = await startOpenaiServer({
      reply: ({ messages }) => {
        const prompt = messages.at(-1)?.content ?? '';
        if (prompt.includes('"supported"')) return ['{"statements": [{"statement": "x", "supp', 'orted": true}]}'];
        if (prompt.includes('"questions"')) return ['{"questions": ["What does the mast cost?"], "refuses": false}'];
        if (prompt.includes('"useful"')) return ['I cannot say.'];
        if (prompt.includes('"in_passages"')) return ['{"statements": [{"statement": "x", "in_passages": true}]}'];
        if (prompt.includes('"both"')) return ['{"both": ["x"], "only_answer": [], "only_gold": []}'];
        return prompt.includes('tungsten')
          ? ['The documents do not answer the question.']
          : ['It is 900 euros, and 26 weeks of leave [1].'];
      },
    });
    const { rag, write } = await workplace('', {
      OPENAI_BASE_URL: `${server.origin}/v1`,
      OPENAI_API_KEY: 'test-key',
    });
    write({ 'a.jsonl': lines });
    const run = await rag('eval', 'answers', 'a.jsonl', '-m', 'openai/small-model', '--json');
    expect(run.stderr).toBe('');
    const { data } = JSON.parse(run.stdout);
    expect(data).toMatchObject({
      model: 'openai/small-model',
      answerable: { questions: 2, refused: 0 },
      unanswerable: { questions: 1, refused: 1 },
      // Five for each answer, and one more for each reply that cannot be read.
      judge: { model: 'openai/small-model', calls: 12, unreadable: 2 },
      judged: { faithfulness: { mean: 1, answers: 2 }, contextPrecision: { mean: null, answers: 0 } },
    });
    // The question that nothing answers is searched for once more, in the model's words.
    expect(server.requests).toHaveLength(3 + 12 + 1);
    // A sentence with a number that no passage has is not borne out, whatever a judge says.
    expect(data.lexical.goldRecall.mean).toBe(1);
    const text = await rag('eval', 'answers', 'a.jsonl', '-m', 'openai/small-model', '-n', '1');
    expect(text.stdout).toMatch(/\njudge +openai\/small-model: 6 calls, .* 1 verdict could not be read\n/);
    expect(text.stdout).toMatch(/\njudged faithfulness +1\.000 /);
  });

  test.each([
    [['a.jsonl', '--judge', 'nobody/x'], 'No provider for the model "nobody/x"'],
    [['a.jsonl', '-n', '0'], 'whole number above 0'],
  ] as const)('rag eval answers %j is refused before anything is asked', async (argv, message) => {
    const { rag, write } = await workplace();
    write({ 'a.jsonl': lines });
    const { code, stdout, stderr } = await rag('eval', 'answers', ...argv);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([expect.any(Number), '']);
    expect(code).not.toBe(0);
  });
});

describe('rag eval generate --model', () => {
  test('asks a server, and says what was left out', async () => {
    server = await startOpenaiServer({
      reply: ({ messages }) => {
        const quote = /^[^<\n]{20,}\.$/m.exec(messages.at(-1)?.content ?? '')?.[0] ?? '';
        const question = `What is written of ${quote.split(' ').slice(1, 3).join(' ')}?`;
        return [
          JSON.stringify({
            questions: [
              { question, answer: quote.slice(0, 30), quote },
              { question: 'What is in the passage?', answer: quote, quote },
            ],
          }),
        ];
      },
    });
    const { rag, write } = await workplace('', {
      OPENAI_BASE_URL: `${server.origin}/v1`,
      OPENAI_API_KEY: 'test-key',
    });
    write({
      'notes/crane.md': `# Crane\n\nThe crane probe has a housing of steel, and it is lowered into deep shafts by two people with a winch and a rope of 300 metres.\n`,
    });
    await rag('sync');
    const made = await rag('eval', 'generate', '-m', 'openai/small-model', '-n', '5');
    expect(made.code).toBe(0);
    expect(JSON.parse(made.stdout.split('\n')[0] as string)).toMatchObject({
      question: 'What is written of crane probe?',
      kind: 'model',
      paths: [expect.stringMatching(/crane\.md$/)],
    });
    expect(made.stderr).toMatch(/Made 1 question in 1 call, .*Left out: 1 about "the passage"\./);
  });
});
