import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../app/temporary-knowledge-base.ts';
import type { ModelServer } from '../servers/model-server.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { type Home, isBuilt, runRag } from './run-rag.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const QUESTION = 'What is the hotel limit for contractors?';

async function workplace(environment: Record<string, string> = {}) {
  const folder = temporaryFolder({
    'docs/leave.md': '# Parental leave\n\nEach parent has 26 weeks of parental leave.\n',
    'docs/hotels.md':
      '# Hotels\n\nThe hotel limit for employees is 140 euros a night. The hotel limit for contractors is 90 euros a night.\n',
  });
  const home: Home = { folder: folder.path, environment: { RAG_DB: join(folder.path, 'k.db'), ...environment } };
  await runRag(['add', 'docs'], home);
  return { folder, home };
}

const read = (home: Home, name: string) => JSON.parse(readFileSync(join(home.folder, name), 'utf8'));

describe.skipIf(!isBuilt)('rag replay', () => {
  test('says that the same comes again, with and without a search, and that a record is for its owner only', async () => {
    const { home } = await workplace();
    await runRag(['ask', QUESTION, '--record', 'r.json'], home);
    expect(statSync(join(home.folder, 'r.json')).mode & 0o777).toBe(0o600);
    const { schema, data } = read(home, 'r.json');
    expect([schema, data.question, data.prompt]).toEqual(['rag.record/1', QUESTION, null]);
    expect(data).toMatchObject({ embedder: 'builtin/ragstone-static-1', grade: { answerable: true } });
    expect(data.passages[0]).toMatchObject({
      path: expect.stringContaining('hotels.md'),
      hash: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    for (const flags of [[], ['--passages']]) {
      const { code, stdout } = await runRag(['replay', 'r.json', ...flags], home);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/passages {2}the same[\s\S]*the same\n$/)]);
    }
    expect((await runRag(['ask', QUESTION, '--record', 'r.json'], home)).code).toBe(2);
  });

  test('shows what an edit of a document changed', async () => {
    const { home, folder } = await workplace();
    await runRag(['ask', QUESTION, '--record', 'records/'], home);
    const [name] = readdirSync(join(home.folder, 'records'));
    expect(name).toMatch(/^\d{8}-\d{6}-what-is-the-hotel-limit-for-contractors\.json$/);
    folder.write({ 'docs/hotels.md': '# Hotels\n\nThe hotel limit for contractors is 95 euros a night.\n' });
    await runRag(['sync'], home);
    const text = await runRag(['replay', `records/${name}`], home);
    expect([text.code, text.stdout]).toEqual([
      1,
      expect.stringMatching(/has another text[\s\S]*\[-90-\]\{\+95\+\}[\s\S]*different\n$/),
    ]);
    const json = await runRag(['replay', `records/${name}`, '--json'], home);
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: 'rag.replay/1',
      data: { same: false, passages: { changed: [{ rank: 1 }] } },
    });
    const before = await runRag(['replay', `records/${name}`, '--passages'], home);
    expect(before.code).toBe(0);
  });

  test('keeps the prompt of a model and no key, and asks another model over the same passages', async () => {
    const server = await startOpenaiServer({
      models: ['a', 'b'],
      apiKey: 'sk-secret-1',
      reply: ({ model }) => [model === 'a' ? 'It is 90 euros [1].' : 'It is 91 euros [1].'],
    });
    servers.push(server);
    const { home } = await workplace({ OPENAI_BASE_URL: `${server.origin}/v1`, OPENAI_API_KEY: 'sk-secret-1' });
    await runRag(['ask', QUESTION, '-m', 'openai/a', '--record', 'r.json'], home);
    expect(read(home, 'r.json').data.prompt.user).toContain('<passages>');
    expect(readFileSync(join(home.folder, 'r.json'), 'utf8')).not.toContain('sk-secret');
    expect((await runRag(['replay', 'r.json'], home)).code).toBe(0);
    const other = await runRag(['replay', 'r.json', '-m', 'openai/b', '--passages'], home);
    expect([other.code, other.stdout]).toEqual([
      1,
      expect.stringMatching(/openai\/a -> openai\/b[\s\S]*\[-90-\]\{\+91\+\}/),
    ]);
  });

  test('says the same again of an answer that the passages do not give', async () => {
    const server = await startOpenaiServer({ models: ['a'], reply: ['It boils at 5,900 degrees [1].'] });
    servers.push(server);
    const { home } = await workplace({ OPENAI_BASE_URL: `${server.origin}/v1` });
    const { code } = await runRag(['ask', 'When does tungsten boil?', '-m', 'openai/a', '--record', 'r.json'], home);
    expect([code, read(home, 'r.json').data.answer.support]).toEqual([1, 'none']);
    for (const flags of [[], ['--passages']])
      expect((await runRag(['replay', 'r.json', ...flags], home)).stdout).toMatch(/support {3}none[\s\S]*the same\n$/);
  });

  test('says where passages alone do not give the answer again', async () => {
    const { home } = await workplace();
    for (const [i, question] of ['How many documents are there?', 'summarize hotels.md'].entries()) {
      await runRag(['ask', question, '--record', `${i}.json`], home);
      expect((await runRag(['replay', `${i}.json`], home)).code).toBe(0);
      expect((await runRag(['replay', `${i}.json`, '--passages'], home)).code).toBe(2);
    }
  });

  test('refuses what is no record', async () => {
    const { home } = await workplace();
    writeFileSync(join(home.folder, 'bad.json'), '{"schema":');
    expect((await runRag(['replay', 'bad.json'], home)).code).toBe(2);
    expect((await runRag(['replay', 'missing.json'], home)).code).toBe(3);
    expect((await runRag(['replay', '/dev/null'], home)).stderr).toContain('not a regular file');
    writeFileSync(join(home.folder, 'other.json'), '{"schema":"rag.answer/1","data":{}}');
    const { code, stdout } = await runRag(['replay', 'other.json', '--json'], home);
    expect([code, JSON.parse(stdout).error.message]).toEqual([2, expect.stringContaining('rag.answer/1')]);
  });
});
