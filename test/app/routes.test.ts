import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKnowledgeBase } from '../../src/app/open-knowledge-base.ts';
import type { AskOptions, KnowledgeBase, SearchResult } from '../../src/app/types.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { startOllamaServer } from '../servers/ollama.ts';
import { finish, temporaryFolder } from './temporary-knowledge-base.ts';

let corpus: KnowledgeBase;

beforeAll(async () => {
  corpus = await openKnowledgeBase({ path: join(temporaryFolder({}, 'file').path, 'rag.db') });
  await finish(corpus.add(fileURLToPath(new URL('../../fixtures/corpus', import.meta.url))));
});

afterAll(() => corpus.close());

async function asked(question: string, options: AskOptions = {}): Promise<{ result: SearchResult; answer: Answer }> {
  let result: SearchResult | undefined;
  for await (const event of corpus.ask(question, options)) {
    if (event.type === 'search-end') result = event.result;
    if (event.type === 'answer-end' && result) return { result, answer: event.answer };
  }
  throw new Error('The stream did not end with answer-end.');
}

const pathsOf = (answer: Answer): string[] =>
  answer.citations.map(({ marker }) => new URL(answer.hits[marker - 1]!.document.uri).pathname.split('/').at(-1)!);

describe('a question about a whole document', () => {
  test.each([
    ['summarize onboarding.md', 'onboarding.md'],
    ['What is people/onboarding.md about?', 'onboarding.md'],
    ['Give me an overview of "Your first ninety days"', 'onboarding.md'],
    ['What does the remote work policy say?', 'remote-work.md'],
    ['Summarize heron-3-manual.pdf', 'heron-3-manual.pdf'],
  ])('%s quotes the most central sentences of %s', async (question, name) => {
    const { result, answer } = await asked(question);
    expect(result.route?.kind).toBe('document');
    expect(new Set(pathsOf(answer))).toEqual(new Set([name]));
    expect(answer.citations.length).toBeGreaterThanOrEqual(2);
    expect(answer.citations.every(({ verified }) => verified)).toBe(true);
    expect(answer.support).toBe('supported');
  });

  test('a model gets the document in its order, as far as it fits, and nothing of others', async () => {
    const server = await startOllamaServer({ reply: ['The valve opens. [1]'] });
    const path = join(temporaryFolder().path, 'rag.db');
    const settings = { ...defaultSettings, ollama: { ...defaultSettings.ollama, host: server.origin } };
    const knowledgeBase = await openKnowledgeBase({ path, settings });
    try {
      const long = Array.from(
        { length: 400 },
        (_, i) =>
          `## Part ${i}\n\nThe valve of part ${i} opens when the tank is full and the pump of part ${i} stops.\n`,
      );
      const folder = temporaryFolder({
        'manual.md': `# Manual\n\n${long.join('\n')}`,
        'else.md': '# Else\n\nThe tank is elsewhere.',
      });
      await finish(knowledgeBase.add(folder.path));
      for await (const event of knowledgeBase.ask('summarize manual.md', { model: 'ollama/llama3.2' })) {
        if (event.type !== 'search-end') continue;
        expect(event.result.route?.note).toMatch(/\d+ of its \d+ passages went to the model/);
        const ordinals = event.result.hits.map(({ chunk }) => chunk.ordinal);
        expect(ordinals[0]).toBe(0);
        expect(ordinals).toEqual([...ordinals].sort((a, b) => a - b));
        expect(ordinals.length).toBeGreaterThan(3);
      }
      const prompt = server.requests.at(-1)?.messages.at(-1)?.content ?? '';
      expect(prompt).toContain('The valve of part 0 opens');
      expect(prompt).not.toContain('elsewhere');
      expect(prompt.length).toBeLessThan(12_000);
    } finally {
      knowledgeBase.close();
      await server.close();
    }
  });

  test('what no document is called is searched for, and so is what a filter leaves out', async () => {
    expect((await asked('What is parental leave about?')).result.route?.kind).toBe('search');
    expect((await asked('summarize onboarding.md', { filter: { types: ['pdf'] } })).result.route?.kind).toBe('search');
  });
});

test('a comparison has passages and quotes of both sides', async () => {
  const { result, answer } = await asked('What is the difference between the 2024 and 2026 leave policy?');
  expect(result.route).toMatchObject({ kind: 'comparison', note: expect.stringContaining('"2024 leave policy"') });
  const paths = new Set(result.hits.slice(0, 4).map(({ path }) => path));
  expect(paths).toContain('people/leave-policy-2024.md');
  expect(paths).toContain('people/leave-policy-2026.md');
  expect(new Set(pathsOf(answer))).toEqual(new Set(['leave-policy-2024.md', 'leave-policy-2026.md']));
});

test('a word for what is newest is met by dates: no passage need have it', async () => {
  const { result } = await asked('What is the latest newsletter?');
  expect(result).toMatchObject({ route: { kind: 'newest' }, grade: { answerable: true } });
  expect(result.notes.join('\n')).not.toContain('No passage has "latest"');
});

test('the latest is of the newer document, and that of a date of the one of then; the dates are named', async () => {
  const first = ({ hits }: SearchResult) => hits.find(({ path }) => path.includes('leave-policy'))?.path;
  const latest = await asked('What is the latest parental leave policy?');
  expect(latest.result.route).toMatchObject({ kind: 'newest', note: expect.stringContaining('2026-01-01') });
  expect(first(latest.result)).toBe('people/leave-policy-2026.md');
  const then = await asked('What was the parental leave as of March 2024?');
  expect(then.result.route?.note).toContain('up to 2024-03-31');
  expect(first(then.result)).toBe('people/leave-policy-2024.md');
});

test('a follow-up without what came before says what it was taken for', async () => {
  const { result } = await asked('and what about Berlin?');
  expect(result.route).toMatchObject({ kind: 'follow-up', note: expect.stringContaining('Berlin') });
  expect(result.notes).toContain(result.route?.note);
});

test('counts are of the catalogue, and other questions of a search', async () => {
  expect((await asked('How many PDFs are there?')).result.route?.kind).toBe('catalogue');
  expect((await asked('Who approves travel?')).result.route).toEqual({ kind: 'search', note: '' });
});
