import { chmodSync, copyFileSync, existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { openPrivateCopy } from '../../../src/store/sqlite/open-private-copy.ts';
import { openTemporaryStore, temporaryDatabasePath } from '../temporary-store.ts';

const open = (path: string) => openPrivateCopy(path, { timeoutMs: 1000, prepare: () => {} });
const copiesLeft = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('rag-copy-'));

/** The files of a database whose process was killed: a log holds what was written last. */
function killedDatabase(): string {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore();
  store.checkpoint();
  store.write((writer) => writer.ensureCollection('late'));
  copyFileSync(store.path, path);
  copyFileSync(`${store.path}-wal`, `${path}-wal`);
  for (const file of [path, `${path}-wal`]) chmodSync(file, 0o444);
  return path;
}

test('a copy holds what the log of a killed process holds, and the place of the file stays as it was', () => {
  const path = killedDatabase();
  const names = readdirSync(dirname(path));
  const { database, hasLog, remove } = open(path);
  expect(hasLog).toBe(true);
  expect(database.prepare('SELECT name FROM collections').pluck().all()).toContain('late');
  expect(() => database.exec('DELETE FROM collections')).toThrow(/readonly/);
  expect(readdirSync(dirname(path))).toEqual(names);
  database.close();
  remove();
});

test('removing it leaves nothing behind', () => {
  const before = copiesLeft();
  const { database, remove } = open(killedDatabase());
  database.close();
  remove();
  expect(copiesLeft()).toEqual(before);
});

test('where no copy can be made, the error says what to do', () => {
  const path = killedDatabase();
  const place = process.env.TMPDIR;
  process.env.TMPDIR = `${dirname(path)}/gone`;
  try {
    expect(() => open(path)).toThrow(
      expect.objectContaining({
        code: 'DB_READ_ONLY',
        message: expect.stringContaining(path),
        hint: expect.stringContaining('TMPDIR'),
      }),
    );
  } finally {
    if (place === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = place;
  }
  expect(existsSync(path)).toBe(true);
});
