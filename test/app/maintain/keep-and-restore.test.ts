import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { changeDatabaseKey } from '../../../src/app/maintain/encrypt.ts';
import { restoreBackup } from '../../../src/app/maintain/restore-backup.ts';
import type { BackupOptions, BackupReport } from '../../../src/app/maintain/types.ts';
import { openKnowledgeBase } from '../../../src/app/open-knowledge-base.ts';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { sha256OfFile } from '../../../src/platform/hash-file.ts';
import { hashEmbedder } from '../../../src/testing/hash-embedder.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const settings = defaultSettings;
const clock = { now: () => Date.UTC(2026, 2, 1, 10, 15, 0) };

async function filled(): Promise<{ knowledgeBase: KnowledgeBase; folder: ReturnType<typeof temporaryFolder> }> {
  const folder = temporaryFolder({
    'a.md': '# Pumps\n\nThe pump is green.\n',
    'b.md': '# Valves\n\nThe valve is red.\n',
  });
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  return { knowledgeBase, folder };
}

async function backedUp(knowledgeBase: KnowledgeBase, options: BackupOptions = {}): Promise<BackupReport> {
  for await (const event of (await knowledgeBase.maintenance()).backup(options)) {
    if (event.type === 'backup-end') return event.report;
  }
  throw new Error('backup ended without a report');
}

const found = async (path: string, query: string, key?: string): Promise<string[]> => {
  const opened = await openKnowledgeBase({
    path,
    create: false,
    embedder: hashEmbedder(),
    settings: { ...settings, database: { ...settings.database, key } },
  });
  try {
    return (await opened.search(query, { mode: 'lexical' })).hits.map(({ document }) => document.title);
  } finally {
    opened.close();
  }
};

const restore = (backup: string, database: string, keepFormer = true) =>
  restoreBackup(backup, database, { settings, runtime: { clock }, keepFormer });

test('a backup holds what the database held, and its sum is that of the file', async () => {
  const { knowledgeBase } = await filled();
  const report = await backedUp(knowledgeBase);
  expect(report).toMatchObject({ documents: 2, passages: 2, bytes: statSync(report.path).size });
  expect(report.sha256).toBe(await sha256OfFile(report.path));
  expect(await found(report.path, 'valve')).toEqual(['Valves']);
  expect(readdirSync(dirname(report.path))).toEqual([expect.stringMatching(/-\d{4}-\d\d-\d\dT\d{6}Z\.db$/)]);
  knowledgeBase.close();
});

test('of the backups in a folder as many stay as were asked for, and nothing else goes', async () => {
  const { knowledgeBase, folder } = await filled();
  const to = join(folder.path, 'copies/');
  const first = await backedUp(knowledgeBase, { to });
  writeFileSync(join(to, 'mine.db'), 'not ours');
  await backedUp(knowledgeBase, { to });
  const third = await backedUp(knowledgeBase, { to, keep: 2 });
  expect(third.removed).toEqual([first.path]);
  expect(readdirSync(to)).toHaveLength(3);
  expect(readFileSync(join(to, 'mine.db'), 'utf8')).toBe('not ours');
  knowledgeBase.close();
});

test('a backup replaces nothing unasked, and never the database itself', async () => {
  const { knowledgeBase, folder } = await filled();
  const to = join(folder.path, 'copy.db');
  await backedUp(knowledgeBase, { to });
  await expect(backedUp(knowledgeBase, { to })).rejects.toMatchObject({ code: 'USAGE' });
  await expect(backedUp(knowledgeBase, { to: knowledgeBase.path, overwrite: true })).rejects.toMatchObject({
    code: 'USAGE',
  });
  await backedUp(knowledgeBase, { to, overwrite: true });
  await expect(backedUp(knowledgeBase, { to, overwrite: true, signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'ABORTED',
  });
  expect(await found(to, 'pump')).toEqual(['Pumps']);
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
  knowledgeBase.close();
});

test('restoring brings back what was removed, and keeps what stood there', async () => {
  const { knowledgeBase } = await filled();
  const { path } = knowledgeBase;
  const backup = await backedUp(knowledgeBase);
  knowledgeBase.remove('a.md');
  knowledgeBase.close();
  expect(await found(path, 'pump')).toEqual([]);
  const report = await restore(backup.path, path);
  expect(report).toMatchObject({ documents: 2, former: expect.stringContaining('before-restore-2026-03-01T101500Z') });
  expect(await found(path, 'pump')).toEqual(['Pumps']);
  expect(await found(report.former as string, 'pump')).toEqual([]);
});

test('results that were kept before a restore are not given after it', async () => {
  const { knowledgeBase, folder } = await filled();
  const { path } = knowledgeBase;
  const backup = await backedUp(knowledgeBase);
  await knowledgeBase.search('pump');
  folder.write({ 'c.md': '# More pumps\n\nAnother pump.\n' });
  await finish(knowledgeBase.sync());
  const before = await knowledgeBase.search('pump');
  expect(before.hits).toHaveLength(2);
  knowledgeBase.close();
  await restore(backup.path, path);
  expect(await found(path, 'pump')).toEqual(['Pumps']);
});

test('a damaged database is set aside, and a damaged backup changes nothing', async () => {
  const { knowledgeBase, folder } = await filled();
  const { path } = knowledgeBase;
  const backup = await backedUp(knowledgeBase);
  knowledgeBase.close();
  const broken = join(folder.path, 'broken.db');
  writeFileSync(broken, readFileSync(backup.path));
  truncateSync(broken, Math.floor(backup.bytes / 2));
  await expect(restore(broken, path)).rejects.toMatchObject({ code: 'DB_DAMAGED' });
  expect(await found(path, 'pump')).toEqual(['Pumps']);
  writeFileSync(path, 'noise');
  const report = await restore(backup.path, path);
  expect(readFileSync(report.former as string, 'utf8')).toBe('noise');
  expect(await found(path, 'pump')).toEqual(['Pumps']);
});

test('a database that is open elsewhere is not replaced', async () => {
  const { knowledgeBase } = await filled();
  const backup = await backedUp(knowledgeBase);
  await expect(restore(backup.path, knowledgeBase.path, false)).rejects.toMatchObject({ code: 'DB_BUSY' });
  expect((await knowledgeBase.search('pump')).hits).toHaveLength(1);
  knowledgeBase.close();
}, 20_000);

test('compacting gives room back and loses nothing', async () => {
  const folder = temporaryFolder(
    Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`${at}.md`, `# Note ${at}\n\n${`pump${at} green hall `.repeat(400)}`]),
    ),
  );
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  for (let at = 10; at < 60; at++) knowledgeBase.remove(`${at}.md`);
  const { bytesBefore, bytesAfter } = await (await knowledgeBase.maintenance()).compact();
  expect(bytesAfter).toBeLessThan(bytesBefore / 2);
  expect((await knowledgeBase.search('pump7')).hits[0]?.document.title).toBe('Note 7');
  knowledgeBase.close();
});

test('compacting takes less memory than the file has bytes', async () => {
  const { knowledgeBase } = await filled();
  const { path } = knowledgeBase;
  knowledgeBase.close();
  const megabytes = 200;
  const raw = new Database(path);
  raw.exec('CREATE TABLE ballast (bytes BLOB)');
  for (let at = 0; at < megabytes; at++) raw.exec('INSERT INTO ballast VALUES (randomblob(1000000))');
  raw.close();
  const script = join(temporaryFolder({}).path, 'compact.mts');
  writeFileSync(
    script,
    `import { openKnowledgeBase } from ${JSON.stringify(new URL('../../../src/app/open-knowledge-base.ts', import.meta.url).href)};
     import { hashEmbedder } from ${JSON.stringify(new URL('../../../src/testing/hash-embedder.ts', import.meta.url).href)};
     const base = await openKnowledgeBase({ path: process.argv[2], create: false, embedder: hashEmbedder() });
     const maintenance = await base.maintenance();
     const before = process.resourceUsage().maxRSS;
     await maintenance.compact();
     console.log(process.resourceUsage().maxRSS - before);`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, path], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(Number(stdout)).toBeLessThan((megabytes * 1000) / 2);
  expect(await found(path, 'pump')).toEqual(['Pumps']);
}, 60_000);

test('an encrypted database holds no readable word, opens with its key only, and is the same when decrypted', async () => {
  const { knowledgeBase } = await filled();
  const { path } = knowledgeBase;
  knowledgeBase.close();
  const holds = (text: string) =>
    readdirSync(dirname(path)).some(
      (name) => name.startsWith('rag.db') && readFileSync(join(dirname(path), name)).includes(text),
    );
  expect(holds('The pump')).toBe(true);
  expect(await changeDatabaseKey(path, { newKey: 'one', clock })).toMatchObject({
    wasEncrypted: false,
    isEncrypted: true,
  });
  expect(holds('The pump')).toBe(false);
  expect(await found(path, 'pump', 'one')).toEqual(['Pumps']);
  await expect(found(path, 'pump')).rejects.toMatchObject({ code: 'DB_NOT_RAGSTONE' });
  await expect(found(path, 'pump', 'two')).rejects.toMatchObject({ code: 'DB_KEY' });
  await changeDatabaseKey(path, { key: 'one', newKey: 'two', clock });
  expect(await found(path, 'pump', 'two')).toEqual(['Pumps']);
  await expect(changeDatabaseKey(path, { key: 'one', clock })).rejects.toMatchObject({ code: 'DB_KEY' });
  expect(await changeDatabaseKey(path, { key: 'two', clock })).toMatchObject({
    wasEncrypted: true,
    isEncrypted: false,
  });
  expect(await found(path, 'pump')).toEqual(['Pumps']);
  await expect(found(path, 'pump', 'two')).rejects.toMatchObject({ code: 'DB_KEY' });
  expect(existsSync(`${path}-wal`)).toBe(false);
});

test('what is written to an encrypted database, its log and its backups is encrypted as well', async () => {
  const { knowledgeBase, folder } = await filled();
  const { path } = knowledgeBase;
  knowledgeBase.close();
  await changeDatabaseKey(path, { newKey: 'one', clock });
  const keyed = { ...settings, database: { ...settings.database, key: 'one' } };
  const opened = await openKnowledgeBase({ path, settings: keyed, embedder: hashEmbedder() });
  folder.write({ 'c.md': '# Secret\n\nThe password of the safe is heliotrope.\n' });
  await finish(opened.sync());
  const backup = await backedUp(opened);
  for (const file of [path, `${path}-wal`, backup.path].filter((each) => existsSync(each))) {
    expect(readFileSync(file).includes('heliotrope')).toBe(false);
  }
  opened.close();
  expect(await found(backup.path, 'heliotrope', 'one')).toEqual(['Secret']);
});

test('an encrypted database and a plain one are not open in one process, whichever is the first', async () => {
  const { knowledgeBase } = await filled();
  const { path } = knowledgeBase;
  const locked = join(temporaryFolder().path, 'locked.db');
  const keyed = { ...settings, database: { ...settings.database, key: 'one' } };
  const open = (at: string, given?: typeof keyed) =>
    openKnowledgeBase({ path: at, settings: given, embedder: hashEmbedder() });
  await expect(open(locked, keyed)).rejects.toMatchObject({ code: 'DB_KEY' });
  knowledgeBase.close();
  const opened = await open(locked, keyed);
  await expect(open(path)).rejects.toMatchObject({ code: 'DB_KEY' });
  opened.close();
  expect(await found(path, 'pump')).toEqual(['Pumps']);
});
