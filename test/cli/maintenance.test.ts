import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Home, isBuilt, runRag } from './run-rag.ts';

describe.skipIf(!isBuilt)('looking after the file, by the built program', () => {
  let home: Home;
  const rag = (...argv: string[]) => runRag(argv, home);
  const json = async (...argv: string[]) => JSON.parse((await rag(...argv, '--json')).stdout).data;
  const database = () => join(home.folder, '.rag', 'rag.db');

  beforeAll(async () => {
    home = { folder: realpathSync(mkdtempSync(join(tmpdir(), 'rag-maintenance-'))) };
    writeFileSync(join(home.folder, 'leave.md'), '# Parental leave\n\nEach parent has 26 weeks of parental leave.\n');
    await rag('init');
    await rag('add', '.');
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test('a sound database is said to be, and a changed one is told by document and passage, with exit status 3', async () => {
    expect(await rag('verify')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Sound: 1 document, 1 passage/),
    });
    const copy = join(home.folder, 'copy.db');
    await rag('backup', copy);
    const raw = new Database(copy);
    raw.exec(`UPDATE document_texts SET text = replace(text, 'parental', 'maternal')`);
    raw.close();
    const { code, stdout } = await rag('verify', '--db', copy);
    expect(code).toBe(3);
    expect(stdout).toMatch(/leave\.md, passage 0: .*\n[\s\S]*rag verify --mend/);
    expect(await json('verify', '--db', copy)).toMatchObject({
      sound: false,
      problems: [
        { kind: 'vector', path: 'leave.md' },
        { kind: 'words', path: 'leave.md' },
      ],
    });
  });

  test('a backup goes beside the database unless a place is named, and comes back with a question or -y', async () => {
    const report = await json('backup', '--keep', '1');
    expect(report).toMatchObject({ documents: 1, passages: 1, removed: [] });
    expect(readdirSync(join(home.folder, '.rag', 'backups'))).toHaveLength(1);
    await rag('rm', 'leave.md');
    expect((await rag('search', 'parental')).code).toBe(1);
    expect(await rag('restore-backup', report.path)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Say -y'),
    });
    const restored = await rag('restore-backup', report.path, '-y');
    expect([restored.code, restored.stderr]).toEqual([0, '']);
    expect((await rag('search', 'parental')).stdout).toContain('leave.md');
  });

  test('an encrypted database asks for its key, in words', async () => {
    const key = join(home.folder, 'key');
    writeFileSync(key, 'correct horse\n');
    expect((await rag('encrypt', '--key-file', key)).stdout).toContain('is encrypted now');
    const without = await rag('search', 'parental');
    expect([without.code, without.stderr]).toEqual([3, expect.stringContaining('database.keyFile')]);
    const keyed: Home = { ...home, environment: { RAG_DATABASE_KEY_FILE: key } };
    expect((await runRag(['search', 'parental'], keyed)).stdout).toContain('leave.md');
    expect((await runRag(['decrypt'], keyed)).code).toBe(0);
    expect((await rag('search', 'parental')).code).toBe(0);
    expect(existsSync(`${database()}-wal`)).toBe(false);
  });

  test('an empty key file and a missing backup are refused with what to do', async () => {
    const empty = join(home.folder, 'empty');
    writeFileSync(empty, '\n');
    expect((await rag('encrypt', '--key-file', empty)).stderr).toContain('its first line is empty');
    expect(await rag('restore-backup', 'nowhere.db', '-y')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no database'),
    });
    expect((await rag('compact', '--json')).stdout).toContain('"bytesAfter"');
  });

  test('an export replaces files only, says what the system refuses, and is for the owner alone', async () => {
    const place = join(home.folder, 'base.jsonl');
    expect((await rag('export', place)).code).toBe(0);
    if (process.platform !== 'win32') expect(statSync(place).mode & 0o077).toBe(0);
    mkdirSync(join(home.folder, 'folder.jsonl'));
    expect(await rag('export', '--overwrite', join(home.folder, 'folder.jsonl'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is no regular file'),
    });
    const { code, stderr } = await rag('export', join(place, 'below.jsonl'));
    expect([code, stderr]).toEqual([3, expect.stringMatching(/cannot be used: .*\(E[A-Z]+\)\.\nhint: /)]);
    expect(stderr).not.toContain('fault of rag');
  });
});
