import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeWatchLock, watchLockPath } from '../../../src/app/watch/watch-lock.ts';
import { temporaryFolder } from '../temporary-knowledge-base.ts';

const NOW = Date.UTC(2026, 2, 1, 12);
const newDatabase = (): string => join(temporaryFolder().path, 'rag.db');
const take = (database: string, force = false) => takeWatchLock(database, { force, nowMs: NOW });
const hold = (database: string, pid: number, host = hostname()): void =>
  writeFileSync(watchLockPath(database), JSON.stringify({ pid, host, since: '2026-01-01T00:00:00.000Z' }));

/** Of a process that has ended. */
const gonePid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

test('it says who watches since when, and goes when that ends', () => {
  const database = newDatabase();
  const lock = take(database);
  expect(JSON.parse(readFileSync(watchLockPath(database), 'utf8'))).toEqual({
    pid: process.pid,
    host: hostname(),
    since: '2026-03-01T12:00:00.000Z',
  });
  lock.release();
  expect(existsSync(watchLockPath(database))).toBe(false);
});

test('another process that watches is named', () => {
  const database = newDatabase();
  hold(database, process.ppid);
  expect(() => take(database)).toThrowError(
    expect.objectContaining({ code: 'DB_BUSY', message: expect.stringContaining(`pid ${process.ppid}`) }),
  );
});

test('forced, it is taken all the same, and the former holder does not take it away', () => {
  const database = newDatabase();
  hold(database, process.ppid);
  const lock = take(database, true);
  hold(database, process.ppid);
  lock.release();
  expect(existsSync(watchLockPath(database))).toBe(true);
});

test('a process that is gone holds nothing, nor does a broken file', () => {
  const database = newDatabase();
  hold(database, gonePid());
  take(database).release();
  writeFileSync(watchLockPath(database), '{"pid":');
  take(database).release();
  expect(existsSync(watchLockPath(database))).toBe(false);
});

test('a process of another machine counts as there', () => {
  const database = newDatabase();
  hold(database, 1, 'elsewhere');
  expect(() => take(database)).toThrowError(/pid 1 on elsewhere/);
});
