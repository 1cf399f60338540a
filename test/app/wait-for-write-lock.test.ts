import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { silentLog } from '../../src/platform/runtime.ts';
import { lockHolder } from '../../src/store/sqlite/lock-holder.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const HOLDER = fileURLToPath(new URL('../store/sqlite/hold-write-lock.mjs', import.meta.url));
const holders: ChildProcess[] = [];
afterEach(() => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL');
});

/** Another process writes to the database for a minute, or until it is killed. */
async function heldDatabase(warn: (message: string, holder: ChildProcess) => void) {
  const path = join(temporaryFolder().path, 'rag.db');
  let told: ((message: string) => void) | null = null;
  const knowledgeBase = await openTemporary({ path, log: { ...silentLog, warn: (message) => told?.(message) } });
  const holder = fork(HOLDER, [path, '60000']);
  holders.push(holder);
  told = (message) => warn(message, holder);
  await once(holder, 'message');
  return { knowledgeBase, holder, path };
}

test('an ingest that must wait says for whom, and goes on when the other has ended', async () => {
  const folder = temporaryFolder({ 'a.md': 'The pump.' });
  const messages: string[] = [];
  const { knowledgeBase, holder, path } = await heldDatabase((message, other) => {
    messages.push(message);
    other.kill('SIGKILL');
  });
  const { report } = await finish(knowledgeBase.add(folder.path));
  expect(report.counts.added).toBe(1);
  const pid = process.platform === 'linux' ? ` (pid ${holder.pid})` : '';
  expect(messages).toEqual([expect.stringContaining(`Waiting for another rag process${pid} that writes to ${path}`)]);
});

test('while it waits it can be interrupted', async () => {
  const controller = new AbortController();
  const { knowledgeBase } = await heldDatabase(() => controller.abort());
  await expect(knowledgeBase.whenWritable(controller.signal)).rejects.toMatchObject({ code: 'ABORTED' });
});

test('a database that nobody writes to is not waited for', async () => {
  const knowledgeBase = await openTemporary();
  await knowledgeBase.whenWritable();
  expect(lockHolder(knowledgeBase.path)).toBeNull();
});

test('of the locks of a system the one on the write byte of the file counts', async () => {
  const { path } = await openTemporary();
  const { ino } = (await import('node:fs')).statSync(`${path}-shm`);
  const lock = (pid: number, kind: string, first: number | string, last = first, file = ino) =>
    `${pid}: POSIX  ADVISORY  ${kind} ${pid} fe:00:${file} ${first} ${last}`;
  const locks = [lock(7, 'READ', 120), lock(8, 'WRITE', 124), lock(9, 'WRITE', 120, 120, ino + 1), 'noise'];
  expect(lockHolder(path, locks.join('\n'))).toBeNull();
  expect(lockHolder(path, [...locks, lock(10, 'WRITE', 0, 'EOF')].join('\n'))).toBe(10);
  expect(lockHolder(path, [...locks, lock(0, 'WRITE', 120)].join('\n'))).toBeNull();
});
