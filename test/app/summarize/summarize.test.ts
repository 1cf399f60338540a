import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Summary, SummaryOptions, SummaryTarget } from '../../../src/app/summarize/types.ts';
import { partsOf } from '../../../src/app/summarize/write-summary.ts';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { libraryOf } from '../../answer/hits.ts';
import type { ModelServer } from '../../servers/model-server.ts';
import { startOllamaServer } from '../../servers/ollama.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const FILES = {
  'rules/leave.md':
    '# Leave\n\nEvery employee of the company has 28 days of paid leave in a year. Unused days of leave lapse at the end of June. Managers answer requests for leave within three days.\n',
  'rules/travel.md':
    '# Travel\n\nTravel of employees is booked by the travel desk of the company. Hotel costs are refunded up to 150 euros a night. Trains are preferred to flights of less than four hours.\n',
  'menu.md': '# Menu\n\nSoup is served on Mondays in the canteen of the office. Fish is served on Fridays.\n',
};

async function baseOf(files: Readonly<Record<string, string>>, server?: ModelServer): Promise<KnowledgeBase> {
  const settings = server
    ? { ...defaultSettings, ollama: { ...defaultSettings.ollama, host: server.origin } }
    : defaultSettings;
  const knowledgeBase = await openTemporary({ settings });
  await finish(knowledgeBase.add(temporaryFolder(files).path));
  return knowledgeBase;
}

async function summarized(base: KnowledgeBase, target: SummaryTarget, options: SummaryOptions = {}) {
  const types: string[] = [];
  let summary: Summary | undefined;
  for await (const event of base.summarize(target, options)) {
    types.push(event.type);
    if (event.type === 'summary-end') summary = event.summary;
  }
  if (!summary) throw new Error('The stream did not end with summary-end.');
  return { types, ...summary };
}

describe('without a model', () => {
  test.each([
    [{ name: 'rules/leave.md' }, 'document', 1],
    [{ name: 'leave.md' }, 'document', 1],
    [{ name: 'Leave' }, 'document', 1],
    [{ name: 'rules' }, 'folder', 2],
    [{ name: 'default' }, 'collection', 3],
    [{ search: 'paid leave' }, 'search', 1],
    [null, 'filter', 3],
  ])('%j is a %s', async (target, kind, documents) => {
    const { scope, answer, types } = await summarized(await baseOf(FILES), target, { length: 'short' });
    expect(scope.kind).toBe(kind);
    expect(scope.documents).toBeGreaterThanOrEqual(documents);
    expect(answer.model).toBe('extractive');
    expect(answer.citations.length).toBeGreaterThan(0);
    expect(answer.citations.every(({ verified }) => verified)).toBe(true);
    expect(answer.text.split('\n')).toHaveLength(answer.citations.length);
    for (const { marker, quote } of answer.citations) expect(answer.hits[marker - 1]?.chunk.text).toContain(quote);
    expect([types[0], types.at(-1)]).toEqual([types[0], 'summary-end']);
    expect(types).toContain('summary-start');
  });

  test('a longer length has more points, and a search speaks of what was looked for', async () => {
    const base = await baseOf(FILES);
    const short = await summarized(base, { name: 'default' }, { length: 'short' });
    const long = await summarized(base, { name: 'default' }, { length: 'long' });
    expect(short.answer.citations).toHaveLength(3);
    expect(long.answer.citations.length).toBeGreaterThan(3);
    const { answer } = await summarized(base, { search: 'soup canteen' }, { length: 'short' });
    expect(answer.text).toContain('Soup is served');
  });

  test('an older version is left out of a folder, and told', async () => {
    const base = await baseOf({
      ...FILES,
      'rules/leave-2020.md':
        '---\nsuperseded_by: leave.md\n---\n# Old leave\n\nEvery employee of the company has 20 days of leave.\n',
    });
    const { answer, scope } = await summarized(base, { name: 'rules' });
    expect(answer.text).not.toContain('20 days');
    expect(scope.documents).toBe(2);
    expect(answer.warnings).toEqual(['Left out, since newer versions are there: rules/leave-2020.md.']);
  });

  test('a search that finds nothing says why', async () => {
    const { answer, documents } = await summarized(await baseOf(FILES), { search: 'xylophone' }).then(
      ({ answer, scope }) => ({ answer, documents: scope.documents }),
    );
    expect([answer.text, documents]).toEqual(['', 0]);
    expect(answer.warnings).toEqual([expect.stringContaining('No passage has')]);
  });

  test('what names nothing is refused with what is near; an empty database says so', async () => {
    const base = await baseOf(FILES);
    await expect(summarized(base, { name: 'leav.md' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('leave.md'),
    });
    await expect(summarized(await openTemporary(), null)).rejects.toMatchObject({ message: 'The database is empty.' });
  });
});

const LONG = {
  'manual.md': `# Manual\n\n${Array.from({ length: 60 }, (_, i) => `## Part ${i}\n\nPart ${i} of the machine opens when its tank holds ${i + 10} litres and the pump ${i} has stopped. ${'It is cleaned with a dry cloth after each day of work. '.repeat(6)}\n`).join('\n')}`,
};

describe('with a model', () => {
  test('a short document takes one call, and its points are checked against the passages', async () => {
    const server = await startOllamaServer({
      reply: ['- Every employee has 28 days of paid leave in a year. [1]\n', '- Days lapse after 90 years. [1]'],
    });
    servers.push(server);
    const { answer } = await summarized(
      await baseOf(FILES, server),
      { name: 'leave.md' },
      { model: 'ollama/llama3.2' },
    );
    expect(server.requests.filter(({ messages }) => messages.length > 0)).toHaveLength(1);
    expect(answer.citations[0]).toMatchObject({ marker: 1, verified: true });
    expect(answer.checks?.map(({ label }) => label)).toEqual([
      'supported',
      expect.stringMatching(/unsupported|contradicted/),
    ]);
  });

  test('a long one is read part by part within the bound of calls, and what was left out is told', async () => {
    const server = await startOllamaServer({ reply: ['- Part 0 opens when its tank holds 10 litres. [1]'] });
    servers.push(server);
    const base = await baseOf(LONG, server);
    const { answer, scope, types } = await summarized(
      base,
      { name: 'manual.md' },
      { model: 'ollama/llama3.2', maxCalls: 3 },
    );
    const prompts = server.requests.map(({ messages }) => messages.at(-1)?.content ?? '');
    expect(prompts.length).toBeLessThanOrEqual(4);
    expect(prompts.length).toBeGreaterThan(2);
    expect(prompts.at(-1)).toContain('<notes>');
    expect(prompts.slice(0, -1).every((prompt) => prompt.includes('<passages>'))).toBe(true);
    expect(types).toContain('summary-progress');
    expect(scope.readPassages).toBeLessThan(scope.passages);
    expect(answer.warnings[0]).toMatch(/too large to be read whole: \d+ of its \d+ passages/);
    expect(answer.support).toBe('supported');
    expect(answer.usage.outputTokens).toBeGreaterThan(1);
  });

  test('a model that cannot be reached is an error', async () => {
    const settings = { ...defaultSettings, ollama: { ...defaultSettings.ollama, host: 'http://127.0.0.1:9' } };
    const base = await openTemporary({ settings, path: join(temporaryFolder().path, 'rag.db') });
    await finish(base.add(temporaryFolder(FILES).path));
    await expect(summarized(base, { name: 'leave.md' }, { model: 'ollama/llama3.2' })).rejects.toMatchObject({
      code: expect.stringMatching(/^MODEL_/),
    });
  });

  test('a model that cannot be reached leaves a summary of quotations where extraction is the last of the fallbacks', async () => {
    const ollama = { ...defaultSettings.ollama, host: 'http://127.0.0.1:9' };
    const models = { ...defaultSettings.models, fallbacks: ['extractive'] };
    const base = await openTemporary({ settings: { ...defaultSettings, ollama, models } });
    await finish(base.add(temporaryFolder(FILES).path));
    const { answer } = await summarized(base, { name: 'leave.md' }, { model: 'ollama/llama3.2' });
    expect(answer).toMatchObject({ model: 'extractive', support: 'supported' });
    expect(answer.warnings[0]).toContain('No model gave a summary');
  });
});

test('parts hold every passage once, in order, within the budget', () => {
  const { hits } = libraryOf(Array.from({ length: 40 }, (_, i) => `Sentence ${i}. ${'words '.repeat((i * 37) % 150)}`));
  const parts = partsOf(hits as never, 400);
  expect(parts.flat().map(({ marker }) => marker)).toEqual(hits.map((_, at) => at + 1));
  expect(parts.length).toBeGreaterThan(3);
});
