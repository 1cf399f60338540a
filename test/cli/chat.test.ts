import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../app/temporary-knowledge-base.ts';
import type { ModelServer } from '../servers/model-server.ts';
import { startOllamaServer } from '../servers/ollama.ts';
import { type Home, isBuilt, runRag, startRag } from './run-rag.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function workplace(environment: Record<string, string> = {}): Promise<Home> {
  const { path: folder } = temporaryFolder({
    'docs/leave.md':
      '# Parental leave\n\nEach parent has 26 weeks of parental leave. Parental leave is approved by the head of people.\n',
    'docs/hotels.md':
      '# Hotels\n\nThe hotel limit for employees is 140 euros a night. The hotel limit for contractors is 90 euros a night.\n',
  });
  const home = { folder, environment: { RAG_DB: join(folder, 'k.db'), ...environment } };
  await runRag(['add', 'docs'], home);
  return home;
}

const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, never>);

describe.skipIf(!isBuilt)('rag chat without a terminal', () => {
  test('answers line by line, makes follow-ups stand alone, obeys commands, and tells the worst in its status', async () => {
    const home = await workplace();
    const asked =
      'What is the hotel limit for employees?\r\n\nand for contractors?\n/open 1\n/sources\n/exit\nnever asked\n';
    const { code, stdout, stderr } = await runRag(['chat'], home, asked);
    expect(stdout).toMatch(/140 euros[\s\S]*Sources[\s\S]*90 euros[\s\S]*hotels\.md\n/);
    expect(stderr).toContain('searched for: What is the hotel limit for contractors?');
    expect(stderr).toContain('No model is configured');
    expect(stdout).not.toContain('never asked');
    expect(code).toBe(0);
    const unknown = await runRag(['chat', '--no-save'], home, '/opne 1\nWho flies to the moon on Sundays?\n');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Did you mean /open?')]);
    const nothing = await runRag(['chat', '--no-save', 'Who flies to the moon on Sundays?'], home);
    expect(nothing.code).toBe(1);
  });

  test('writes one JSON object for each event with --json, and goes on where it was left', async () => {
    const home = await workplace();
    const first = await runRag(['chat', '--json', 'Who approves parental leave?'], home);
    expect([...new Set(linesOf(first.stdout).map(({ type }) => type))]).toEqual([
      'turn-start',
      'search-end',
      'text-delta',
      'citation',
      'answer-end',
      'turn-end',
    ]);
    const second = linesOf((await runRag(['chat', '--json', '--continue'], home, 'how long is it?\n')).stdout);
    expect(second[0]).toMatchObject({ type: 'turn', turn: { id: 1, state: 'done' } });
    expect(second.find(({ type }) => type === 'rewritten')).toMatchObject({
      question: 'How long is the parental leave?',
    });
    expect(second.at(-1)).toMatchObject({ type: 'turn-end', turn: { id: 2, sources: [{ state: 'there' }] } });
    const missing = await runRag(['chat', '--session', 'nope', '--json'], home, 'x\n');
    expect([missing.code, JSON.parse(missing.stdout).error.code]).toEqual([1, 'NOT_FOUND']);
    expect((await runRag(['chat', '--session', '1', '--continue'], home)).code).toBe(2);
  });

  test('keeps the question and what had come when it is killed', async () => {
    const server = await startOllamaServer({ reply: ['Each parent has ', '26 weeks [1].'] });
    servers.push(server);
    server.fail({ kind: 'stall', afterDeltas: 1 });
    const home = await workplace({ OLLAMA_HOST: server.origin });
    const child = startRag(['chat', '-m', 'ollama/llama3.2', 'How long is parental leave?'], home);
    await once(child.stdout!, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    const shown = JSON.parse((await runRag(['sessions', 'show', '1', '--json'], home)).stdout);
    expect(shown.data.transcript).toMatchObject([{ question: 'How long is parental leave?', state: 'stopped' }]);
    const { code } = await runRag(['chat', '--continue', '-m', 'ollama/llama3.2', '/retry'], home);
    expect(code).toBe(0);
  });

  test('Ctrl-C ends the answer, keeps it as stopped, and ends with 130', async () => {
    const server = await startOllamaServer({ reply: ['Each parent has ', '26 weeks [1].'] });
    servers.push(server);
    server.fail({ kind: 'stall', afterDeltas: 1 });
    const home = await workplace({ OLLAMA_HOST: server.origin });
    const child = startRag(['chat', '-m', 'ollama/llama3.2', 'How long is parental leave?'], home);
    await once(child.stdout!, 'data');
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(130);
    const { stdout } = await runRag(['sessions', 'show', '1', '--json'], home);
    expect(JSON.parse(stdout).data.transcript[0]).toMatchObject({
      state: 'stopped',
      text: expect.stringContaining('Each parent has'),
    });
  });
});

test.skipIf(!isBuilt)('rag sessions lists, shows, renames, exports and forgets', async () => {
  const home = await workplace();
  expect((await runRag(['sessions'], home)).code).toBe(1);
  await runRag(['chat', 'Who approves parental leave?'], home);
  expect((await runRag(['sessions'], home)).stdout).toContain('Who approves parental leave');
  await runRag(['sessions', 'rename', '1', 'leave'], home);
  expect((await runRag(['sessions', 'show', 'leave'], home)).stdout).toContain('leave.md:');
  expect((await runRag(['sessions', 'export', 'leave'], home)).stdout).toMatch(/^# leave\n/);
  expect(JSON.parse((await runRag(['sessions', 'export', 'leave', '--json'], home)).stdout).schema).toBe(
    'rag.session-export/1',
  );
  const removed = await runRag(['sessions', 'rm', 'leave', '-y', '--json'], home);
  expect(JSON.parse(removed.stdout).data.removed).toMatchObject([{ name: 'leave', turns: 1 }]);
  expect((await runRag(['sessions', 'show', 'leave'], home)).code).toBe(1);
});
