import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { changeDatabaseKey } from '../../../src/app/maintain/encrypt.ts';
import { restoreBackup } from '../../../src/app/maintain/restore-backup.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';
import { replaceDatabase } from '../../../src/store/sqlite/replace-database.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const clock = { now: () => Date.UTC(2026, 2, 1, 10, 15, 0) };
/** Above every number of a process, so that none of them runs. */
const DEAD = 4_194_305;

async function filled(): Promise<string> {
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(temporaryFolder({ 'a.md': '# Pumps\n\nThe pump is green.\n' }).path));
  knowledgeBase.close();
  return knowledgeBase.path;
}

const restore = (backup: string, database: string, pastFolder?: string) =>
  restoreBackup(backup, database, { settings: defaultSettings, runtime: { clock }, keepFormer: true, pastFolder });

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('what another process writes while the new file is prepared is in it, or it is not put in place', async () => {
  const path = temporaryFolder({}).path;
  const [database, draft] = [join(path, 'a.db'), join(path, 'a.db.part')];
  const first = openSqlite(database, {});
  first.exec('PRAGMA journal_mode = WAL; CREATE TABLE words (word TEXT)');
  first.close();
  let prepared = 0;
  const prepareWhileWritten = (times: number) => async (): Promise<string> => {
    writeFileSync(draft, '');
    const reader = openSqlite(database, {});
    await reader.backup(draft).finally(() => reader.close());
    if (prepared++ < times) {
      const other = openSqlite(database, {});
      other.prepare('INSERT INTO words VALUES (?)').run(`late ${prepared}`);
      other.close();
    }
    return draft;
  };
  await replaceDatabase(database, { prepare: prepareWhileWritten(1) });
  expect(prepared).toBe(2);
  const after = openSqlite(database, {});
  expect(after.prepare('SELECT word FROM words').pluck().all()).toEqual(['late 1']);
  after.close();
  prepared = 0;
  await expect(replaceDatabase(database, { prepare: prepareWhileWritten(9) })).rejects.toMatchObject({
    code: 'DB_BUSY',
  });
  const kept = openSqlite(database, {});
  expect(kept.prepare('SELECT count(*) FROM words').pluck().get()).toBe(1 + prepared);
  kept.close();
});

test('a database that is reached by a link is encrypted where it stands, and the link stays', async () => {
  const path = await filled();
  const link = join(temporaryFolder({}).path, 'link.db');
  symlinkSync(path, link);
  await changeDatabaseKey(link, { newKey: 'one', clock });
  expect(readFileSync(path).includes('The pump')).toBe(false);
  expect(readFileSync(link).equals(readFileSync(path))).toBe(true);
  expect(readdirSync(dirname(link))).toEqual([basename(link)]);
});

test.skipIf(process.platform === 'win32')(
  'whom a database is closed to, its copies are closed to as well',
  async () => {
    const path = await filled();
    chmodSync(path, 0o600);
    const backup = join(dirname(path), 'copy.db');
    const knowledgeBase = await openTemporary({ path });
    const maintenance = await knowledgeBase.maintenance();
    for await (const _ of maintenance.backup({ to: backup }));
    knowledgeBase.close();
    expect(modeOf(backup)).toBe(0o600);
    chmodSync(backup, 0o644);
    const { former } = await restore(backup, path);
    expect([modeOf(path), modeOf(former as string)]).toEqual([0o600, 0o600]);
    await changeDatabaseKey(path, { newKey: 'one', clock });
    expect(modeOf(path)).toBe(0o600);
  },
);

test('drafts that a killed process left are taken away, those of a running one are not', async () => {
  const path = await filled();
  const left = [`${path}.${DEAD}.part`, `${path}.${DEAD}.part-journal`];
  const others = [`${path}.${process.ppid}.part`, join(dirname(path), `other.db.${DEAD}.part`)];
  for (const file of [...left, ...others]) writeFileSync(file, 'The pump');
  await changeDatabaseKey(path, { newKey: 'one', clock });
  expect(left.map((file) => existsSync(file))).toEqual([false, false]);
  expect(others.map((file) => existsSync(file))).toEqual([true, true]);
});

test('copies of former states go when the key changes or another database takes the place', async () => {
  const path = await filled();
  const pastFolder = temporaryFolder({}).path;
  const { sha256Hex } = await import('../../../src/platform/hash.ts');
  const past = join(pastFolder, sha256Hex(path).slice(0, 16), 'abc');
  const fill = (): void => {
    mkdirSync(past, { recursive: true });
    writeFileSync(join(past, 'rag.db'), 'The pump');
  };
  const backup = join(dirname(path), 'copy.db');
  writeFileSync(backup, readFileSync(path));
  fill();
  await restore(backup, path, pastFolder);
  expect(existsSync(past)).toBe(false);
  fill();
  await changeDatabaseKey(path, { newKey: 'one', clock, pastFolder });
  expect(existsSync(past)).toBe(false);
});

test('two restorations within a second keep what stood there each', async () => {
  const path = await filled();
  const backup = join(dirname(path), 'copy.db');
  writeFileSync(backup, readFileSync(path));
  const [first, second] = [await restore(backup, path), await restore(backup, path)];
  expect(first.former).not.toBe(second.former);
  expect(existsSync(first.former as string) && existsSync(second.former as string)).toBe(true);
});
