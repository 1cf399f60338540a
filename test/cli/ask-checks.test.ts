import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelServer } from '../servers/model-server.ts';
import { startOllamaServer } from '../servers/ollama.ts';
import { type Home, isBuilt, runRag } from './run-rag.ts';

describe.skipIf(!isBuilt)('answers that are checked, in the built program (run `npm run build` first)', () => {
  let home: Home;
  let server: ModelServer;
  let reply: readonly string[] = [];
  const ask = (...flags: string[]) =>
    runRag(['ask', 'How long is parental leave?', '-m', 'ollama/llama3.2', '--no-cache', ...flags], home);

  beforeAll(async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-checks-')));
    server = await startOllamaServer({ reply: () => reply });
    home = { folder, environment: { OLLAMA_HOST: server.origin } };
    mkdirSync(join(folder, 'notes'));
    writeFileSync(
      join(folder, 'notes', 'leave.md'),
      '# Leave policy\n\nEach parent has 26 weeks of parental leave on full pay.\n',
    );
    expect((await runRag(['add', 'notes'], home)).code).toBe(0);
  });
  afterAll(async () => {
    await server.close();
    rmSync(home.folder, { recursive: true, force: true });
  });

  test('a true answer passes --strict', async () => {
    reply = ['Each parent has 26 weeks of parental leave ', 'on full pay [1].'];
    const { code, stdout } = await ask('--strict');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^Each parent has 26 weeks.* \[1\]\.\n\nSources\n/)]);
  });

  test('a wrong figure is marked in the text, and fails with --strict only', async () => {
    reply = ['Each parent has 30 weeks of parental leave ', 'on full pay [1].'];
    const lenient = await ask();
    expect([lenient.code, lenient.stdout]).toEqual([
      0,
      expect.stringContaining('on full pay [1]. [contradicted: passage says 26 weeks]\n'),
    ]);
    expect(lenient.stderr).toContain('One sentence of the answer is contradicted by the passages.');
    expect((await ask('--strict')).code).toBe(1);
  });

  test('an answer that broke off is incomplete, and fails with --strict only', async () => {
    reply = ['Each parent has 26 weeks of parental leave on full pay [1]. ', 'And'];
    server.fail({ kind: 'break', afterDeltas: 1 });
    const lenient = await ask('--json');
    expect([lenient.code, JSON.parse(lenient.stdout).data.incomplete]).toEqual([0, true]);
    server.fail({ kind: 'break', afterDeltas: 1 });
    expect((await ask('--strict')).code).toBe(1);
  });

  test('--json lists every sentence with its label, and keeps what the model wrote', async () => {
    reply = ['Parents have no parental leave on full pay [1].'];
    const { code, stdout } = await ask('--strict', '--json');
    const { data } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(data.rawText).toBe(reply[0]);
    expect(data.checks).toMatchObject([{ label: 'contradicted', citations: [1], reasons: [{ kind: 'negation' }] }]);
    expect(data.text.slice(data.checks[0].span.start, data.checks[0].span.end)).toBe(reply[0]);
  });

  test('a quoted answer passes --strict, and tells of a file that has changed since', async () => {
    writeFileSync(join(home.folder, 'notes', 'leave.md'), '# Leave policy\n\nEach parent has 40 weeks of leave.\n');
    const { code, stdout } = await runRag(['ask', 'How long is parental leave?', '--strict', '--json'], home);
    const { data } = JSON.parse(stdout);
    expect([code, data.citations[0].stale, data.checks[0].label]).toEqual([0, true, 'supported']);
    expect(data.warnings[0]).toContain('has changed since it was read; `rag sync`');
  });
});
