import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Home, isBuilt, runRag } from './run-rag.ts';

const copiesIn = (folder: string): string[] =>
  existsSync(folder)
    ? (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.db'))
    : [];

describe.skipIf(!isBuilt)('rag pii scan (run `npm run build` first)', () => {
  let home: Home;
  const rag = (...line: string[]) => runRag(line, home);

  beforeAll(() => {
    home = { folder: realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-pii-'))) };
    mkdirSync(join(home.folder, 'notes'));
    writeFileSync(join(home.folder, 'notes', 'a.md'), '# Staff\n\nWrite to jane@corp.example soon.\n');
    writeFileSync(join(home.folder, 'notes', 'b.md'), '# Nobody\n\nOrder 4711 of version 1.2.3.4.\n');
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test('places in files are told with status 1, without their values, and nothing is stored', async () => {
    const found = await rag('pii', 'scan', 'notes');
    expect(found.code).toBe(1);
    expect(found.stdout).toContain('a.md');
    expect(found.stdout).not.toContain('jane@corp.example');
    const json = JSON.parse((await rag('pii', 'scan', 'notes', '--json')).stdout);
    expect(json).toMatchObject({ schema: 'rag.pii-scan/1', data: { read: 2, counts: { email: 1 } } });
    expect(json.data.documents).toMatchObject([{ path: 'a.md', places: [{ kind: 'email', line: 3 }] }]);
    expect((await rag('ls')).stdout).not.toContain('a.md');
  });

  test('nothing found is status 0, and what is not there is a failure', async () => {
    const clean = await rag('pii', 'scan', 'notes/b.md');
    expect(clean.code).toBe(0);
    expect(clean.stdout.trim()).not.toBe('');
    expect((await rag('pii', 'scan', 'notes', '--kinds', 'secret')).code).toBe(0);
    expect((await rag('pii', 'scan', 'nowhere')).code).toBeGreaterThan(1);
    expect((await rag('pii', 'scan')).code).toBe(2);
  });

  test('a file that is too large is told, and its silence is no success', async () => {
    const small = { ...home, environment: { RAG_SOURCE_MAX_FILE_BYTES: '1000' } };
    writeFileSync(join(home.folder, 'large.txt'), 'ask jane@corp.example '.repeat(100));
    const scanned = await runRag(['pii', 'scan', 'large.txt', '--json'], small);
    expect(scanned.code).toBeGreaterThan(1);
    expect(JSON.parse(scanned.stdout).data.failures).toMatchObject([{ path: 'large.txt' }]);
  });

  test('standard input is looked through', async () => {
    const found = await runRag(['pii', 'scan', '-', '--json'], home, 'one\ntwo\nask jane@corp.example\n');
    expect(found.code).toBe(1);
    expect(JSON.parse(found.stdout).data.documents).toMatchObject([{ places: [{ kind: 'email', line: 3 }] }]);
    expect((await runRag(['pii', 'scan', '-'], home, 'nothing of anybody')).code).toBe(0);
  });

  test('stored documents are looked through, in the database that is named before or after the verb', async () => {
    expect((await rag('add', 'notes', '-d', 'own.db')).code).toBe(0);
    for (const line of [
      ['pii', '-d', 'own.db', 'scan', '--stored'],
      ['pii', 'scan', '--stored', '-d', 'own.db'],
      ['pii', 'scan', '--stored', 'a.md', '-d', 'own.db'],
      ['-d', 'own.db', 'pii', 'scan', '--stored'],
    ]) {
      const found = await rag(...line, '--json');
      expect([line.join(' '), found.code]).toEqual([line.join(' '), 1]);
      expect(JSON.parse(found.stdout).data.counts).toEqual({ email: 1 });
    }
    expect((await rag('pii', 'scan', '--stored', 'b.md', '-d', 'own.db')).code).toBe(0);
  });

  test('a treatment that comes later leaves nothing of the copies that --as-of made', async () => {
    const past = { ...home, environment: { ...home.environment, XDG_CACHE_HOME: join(home.folder, 'cache') } };
    const run = (...line: string[]) => runRag([...line, '-d', 'late.db'], past);
    expect((await run('add', 'notes')).code).toBe(0);
    expect((await run('snapshot', 'create', 'raw')).code).toBe(0);
    writeFileSync(join(home.folder, 'notes', 'a.md'), '# Staff\n\nWrite to jane@corp.example very soon.\n');
    expect((await run('sync')).code).toBe(0);
    const before = await run('search', 'jane@corp.example', '--as-of', 'raw');
    expect(before.stdout).toContain('a.md');
    expect(copiesIn(join(home.folder, 'cache'))).not.toEqual([]);
    expect((await run('add', 'notes', '--pii', 'redact')).code).toBe(0);
    expect(copiesIn(join(home.folder, 'cache'))).toEqual([]);
  });
});
