import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { sha256Hex } from '../../../src/platform/hash.ts';
import { createStore } from '../../../src/store/sqlite/create-store.ts';
import { fixedClock } from '../../../src/testing/fixed-clock.ts';
import { isBuilt } from '../../cli/run-rag.ts';
import { writeZip } from '../../parse/write-zip.ts';
import { countingEmbedder, finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const PLAN = '# Plan\n\nThe budget of the harbour is 300 euros.\n\n## Leave\n\nLeave takes three weeks.\n';
const FILES = {
  'plan.md': PLAN,
  'leave.md': '# Leave\n\nEach parent has 26 weeks of leave.\n',
  'old.md': '# Old\n\nThe Plan of the harbour was another one.\n',
  'notes/travel.md': '# Travel\n\nTrains to the harbour are booked by the desk.\n',
};

const QUERIES = ['budget of the harbour', 'weeks of leave', 'who books trains', 'plan', 'harbour'];

const results = async (base: KnowledgeBase): Promise<string> => {
  const found = await Promise.all(QUERIES.map((query) => base.search(query, { explain: true })));
  return sha256Hex(JSON.stringify(found, (key, value) => (key === 'elapsedMs' ? 0 : value)));
};

const begin = async (options: Parameters<typeof openTemporary>[0] = {}) => {
  const folder = temporaryFolder(FILES);
  const base = await openTemporary(options);
  await finish(base.add(folder.path));
  return { folder, base, history: await base.history() };
};

const editAll = async (folder: ReturnType<typeof temporaryFolder>, base: KnowledgeBase) => {
  folder.write({
    'plan.md': PLAN.replace('300', '999').replace('three weeks', 'four months'),
    'new.md': '# New\n\nThe harbour and its budget are new.\n',
    'notes/train.md': FILES['notes/travel.md'],
  });
  folder.remove('notes/travel.md');
  folder.remove('old.md');
  await finish(base.sync());
};

describe('history of a document', () => {
  test('lists versions with what became of words, and how they ended', async () => {
    const { folder, base, history } = await begin();
    await editAll(folder, base);
    const plan = history.of('plan.md');
    expect(plan).toMatchObject({ isGone: false, isPinned: false, more: 0 });
    expect(plan.entries).toMatchObject([
      { number: 2, isPresent: true, reason: 'edited', words: { added: 3, removed: 3 } },
      { number: 1, isPresent: false, reason: 'added', ended: 'replaced', words: null },
    ]);
    expect(history.of('notes/train.md').entries.map(({ reason, path }) => [reason, path])).toEqual([
      ['moved', 'notes/train.md'],
      ['added', 'notes/travel.md'],
    ]);
    expect(history.of('old.md').entries.map(({ number, reason }) => [number, reason])).toEqual([
      [null, 'deleted'],
      [1, 'added'],
    ]);
    expect(history.text('plan.md', 1).text).toBe(PLAN);
    expect(() => history.text('plan.md', 7)).toThrow('has no version 7');
    expect(() => history.of('nothing.md')).toThrow('There is no document');
  });

  test('says what differs, and nothing where nothing does', async () => {
    const { folder, base, history } = await begin();
    await editAll(folder, base);
    const { diff } = await history.diff('plan.md');
    expect(diff).toMatchObject({ addedLines: 2, removedLines: 2, isCoarse: false });
    const { diff: moved } = await history.diff('notes/train.md');
    expect(moved.hunks).toEqual([]);
    await expect(history.diff('leave.md')).rejects.toThrow('no version of leave.md before');
  });
});

describe('a restored version', () => {
  test('is found again without a text embedded again, and holds off its file until that is edited', async () => {
    const embedder = countingEmbedder();
    const { folder, base, history } = await begin({ embedder });
    const before = await results(base);
    folder.write({ 'plan.md': PLAN.replace('300', '999') });
    await finish(base.sync());
    const embedded = embedder.embedded.length;
    expect(await history.restore('plan.md', 1)).toMatchObject({ version: 1, number: 3, isPinned: true, hasFile: true });
    expect(await results(base)).toBe(before);
    expect(embedder.embedded.length).toBe(embedded);
    expect((await finish(base.sync())).report.counts).toMatchObject({ unchanged: 4, updated: 0 });
    expect(base.status().history).toMatchObject({ pinned: 1 });
    folder.write({ 'plan.md': PLAN.replace('300', '999') });
    await finish(base.sync());
    expect(base.get('plan.md').text).toBe(PLAN);
    folder.write({ 'plan.md': PLAN.replace('300', '1000') });
    await finish(base.sync());
    expect(base.get('plan.md').text).toContain('1000');
    expect(base.list()).toMatchObject(Array.from({ length: 4 }, () => ({ isPinned: false })));
  });

  test('gives way to its file when that is asked for', async () => {
    const { folder, base, history } = await begin();
    folder.write({ 'plan.md': PLAN.replace('300', '999') });
    await finish(base.sync());
    await history.restore('plan.md', 1);
    expect(await history.unpin('plan.md')).toBe('plan.md');
    await finish(base.sync());
    expect(base.get('plan.md').text).toContain('999');
  });

  test('of a removed document stays though there is no file', async () => {
    const { folder, base, history } = await begin();
    await editAll(folder, base);
    expect(await history.restore('old.md', 1)).toMatchObject({ isPinned: true, hasFile: false });
    await finish(base.sync());
    expect(base.get('old.md').text).toBe(FILES['old.md']);
    folder.write({ 'old.md': '# Old\n\nIt is another now.\n' });
    await finish(base.sync());
    expect(base.get('old.md').text).toContain('another now');
    expect(history.of('old.md').entries.map(({ reason }) => reason)).toEqual([
      'edited',
      'restored',
      'deleted',
      'added',
    ]);
  });
});

describe('a snapshot', () => {
  test('is restored to the last digit of a score, whatever came, went, was edited or moved', async () => {
    const embedder = countingEmbedder();
    const { folder, base, history } = await begin({ embedder });
    await history.createSnapshot('first');
    const before = await results(base);
    await editAll(folder, base);
    const after = await results(base);
    expect(after).not.toBe(before);
    const embedded = embedder.embedded.length;
    await history.createSnapshot('second');
    expect(history.changes(history.moment('first'), history.moment('second'))).toMatchObject([
      { status: 'added', path: 'new.md' },
      { status: 'moved', path: 'notes/train.md', from: 'notes/travel.md' },
      { status: 'removed', path: 'old.md' },
      { status: 'changed', path: 'plan.md', versions: [1, 2] },
    ]);
    const plan = await history.restoreBase(history.moment('first'), { dryRun: true });
    expect(plan.changes.map(({ status }) => status).sort()).toEqual(['added', 'changed', 'moved', 'removed']);
    expect(await results(base)).toBe(after);
    for (const [name, expected] of [
      ['first', before],
      ['second', after],
      ['first', before],
    ] as const) {
      await history.restoreBase(history.moment(name));
      expect(await results(base)).toBe(expected);
    }
    expect(embedder.embedded.length).toBe(embedded);
    const { lines } = await finish(base.sync());
    expect(lines).toContain('skipped new.md');
    expect(base.get('plan.md').text).toBe(PLAN);
    expect(base.get('old.md').text).toBe(FILES['old.md']);
    folder.write({ 'new.md': '# New\n\nIt was edited.\n' });
    expect((await finish(base.sync())).lines).toContain('added new.md');
  });

  test('has a name that is no date, and only one of it', async () => {
    const { history } = await begin();
    for (const name of ['', '2026-03-01', '2026', 'a b', '../x', '-n', 'x'.repeat(99)])
      await expect(history.createSnapshot(name)).rejects.toThrow('cannot name a snapshot');
    await history.createSnapshot('été.1');
    await expect(history.createSnapshot('été.1')).rejects.toThrow('already');
    await history.removeSnapshot('été.1');
    await expect(history.removeSnapshot('été.1')).rejects.toThrow('no snapshot');
    expect(() => history.moment('été.1')).toThrow('neither a snapshot nor a date');
    for (const date of ['2026-02-30', '2026-13', 'soon', '2026-01-01T25:00'])
      expect(() => history.moment(date)).toThrow();
    expect(history.moment('2026-03').at).toBe('2026-03-31T23:59:59.999Z');
    expect(history.moment('2026-03-01T14:00+02:00').at).toBe('2026-03-01T12:00:00.000Z');
  });

  test.skipIf(!isBuilt)('is restored whole or not at all when the process is killed', async () => {
    const folder = temporaryFolder(
      Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [`d${i}.md`, `# Doc ${i}\n\nharbour ${'word '.repeat(200)}${i}\n`]),
      ),
    );
    const path = join(temporaryFolder().path, 'rag.db');
    const settings = defaultSettings;
    const base = await openTemporary({ path, settings, embedder: undefined });
    await finish(base.add(folder.path));
    const history = await base.history();
    await history.createSnapshot('first');
    const first = await results(base);
    for (let i = 0; i < 60; i++)
      folder.write({ [`d${i}.md`]: `# Doc ${i}\n\nharbour and budget ${i} weeks ${'other '.repeat(200)}\n` });
    await finish(base.sync());
    await history.createSnapshot('second');
    const second = await results(base);
    const watcher = createStore({ path, create: false, readOnly: false, clock: fixedClock() });
    const script = fileURLToPath(new URL('restore-in-process.mjs', import.meta.url));
    for (let round = 0; round < 3; round++) {
      const child = fork(script, [path, 'first'], { execArgv: [] });
      const exit = once(child, 'exit');
      let isDone = false;
      child.on('exit', () => {
        isDone = true;
      });
      while (!isDone && watcher.writeLock() === null) await setImmediate();
      for (let i = 0; i < round * 50; i++) await setImmediate();
      child.kill('SIGKILL');
      await exit;
      expect(watcher.checkIntegrity()).toEqual([]);
      expect(watcher.damagedVersions(5)).toEqual([]);
      await history.restoreBase(history.moment('first'));
      expect(await results(base)).toBe(first);
      await history.restoreBase(history.moment('second'));
      expect(await results(base)).toBe(second);
    }
    watcher.close();
  });
});

describe('a state that is restored', () => {
  test('stands against syncs with the members of an archive that changed, which is opened once for that', async () => {
    const member = (name: string, data: string) => ({ name, data: `# ${data} of the harbour` });
    const folder = temporaryFolder({ 'a.zip': writeZip([member('stays.md', 'First'), member('goes.md', 'Gone')]) });
    const base = await openTemporary();
    await finish(base.add(folder.path));
    const history = await base.history();
    await history.createSnapshot('first');
    const before = await results(base);
    folder.write({ 'a.zip': writeZip([member('stays.md', 'Second'), member('comes.md', 'New')]) });
    await finish(base.sync());
    await history.restoreBase(history.moment('first'));
    for (let run = 0; run < 2; run++) {
      const { lines, report } = await finish(base.sync());
      expect(lines.filter((line) => !line.startsWith('unchanged'))).toEqual(['skipped a.zip!/comes.md']);
      expect(report.counts.added).toBe(0);
      expect(await results(base)).toBe(before);
    }
  });
});

describe('a search as of a moment', () => {
  test('finds what was found then, from a copy that is made once and bounded in number', async () => {
    const settings = { ...defaultSettings, history: { ...defaultSettings.history, pastCopies: 1 } };
    const { folder, base, history } = await begin({ settings });
    const cache = temporaryFolder().path;
    await history.createSnapshot('first');
    const before = await results(base);
    await editAll(folder, base);
    await history.createSnapshot('second');
    const after = await results(base);
    const inPast = async (name: string) => {
      const steps: string[] = [];
      const past = await history.openPast(history.moment(name), {
        folder: cache,
        onProgress: (step) => steps.push(step),
      });
      const found = await results(past.knowledgeBase);
      expect(past.documents).toBe(4);
      past.close();
      return { found, steps };
    };
    expect(await inPast('first')).toMatchObject({ found: before, steps: { length: 2 } });
    expect(await inPast('first')).toMatchObject({ found: before, steps: [] });
    expect(await inPast('second')).toMatchObject({ found: after, steps: [] });
    folder.write({ 'leave.md': '# Leave\n\nNobody has any leave.\n' });
    await finish(base.sync());
    expect(await inPast('first')).toMatchObject({ found: before, steps: [] });
    expect(await inPast('second')).toMatchObject({ found: after, steps: { length: 2 } });
    const [own] = readdirSync(cache);
    expect(readdirSync(join(cache, own!))).toHaveLength(1);
    await history.forget('leave.md', { pastFolder: cache });
    expect(readdirSync(cache)).toEqual([]);
  });

  test('before anything was there finds nothing, and in a copy stands no question and no other version', async () => {
    const { folder, base, history } = await begin();
    await base.search('the confidential question', { log: true });
    await history.createSnapshot('first');
    await editAll(folder, base);
    const cache = temporaryFolder().path;
    const none = await history.openPast(history.moment('2020-01-01'), { folder: cache });
    expect(await none.knowledgeBase.search('harbour')).toMatchObject({
      hits: [],
      notes: ['The database held no documents at that moment: name a later one.'],
    });
    none.close();
    const past = await history.openPast(history.moment('first'), { folder: cache });
    expect((await past.knowledgeBase.usage()).questions({ limit: 5 })).toEqual([]);
    expect((await past.knowledgeBase.history()).figures()).toMatchObject({ versions: 0, snapshots: 0 });
    past.close();
  });
});

describe('bounds', () => {
  test('are kept by each ingest, and what a snapshot needs stays', async () => {
    const history = { ...defaultSettings.history, maxVersions: 2 };
    const { folder, base, history: all } = await begin({ settings: { ...defaultSettings, history } });
    await all.createSnapshot('first');
    for (let i = 0; i < 6; i++) {
      folder.write({ 'plan.md': PLAN.replace('300', String(i)) });
      await finish(base.sync());
    }
    expect(all.of('plan.md').entries.map(({ number }) => number)).toEqual([7, 6, 5, 1]);
    expect((await all.prune()).dropped).toBe(0);
    expect(all.text('plan.md', 1).text).toBe(PLAN);
  });

  test('nothing is kept where history is off', async () => {
    const history = { ...defaultSettings.history, enabled: false };
    const { folder, base, history: all } = await begin({ settings: { ...defaultSettings, history } });
    await editAll(folder, base);
    expect(all.figures()).toMatchObject({ versions: 0, documents: 0 });
    expect(() => all.of('old.md')).toThrow('There is no document');
  });

  test('a document that is forgotten stands nowhere in the file', async () => {
    const secret = 'quillfeather-merger';
    const path = join(temporaryFolder().path, 'rag.db');
    const { folder, base, history } = await begin({ path });
    folder.write({ 'plan.md': `# Plan\n\n${`${secret} is near. `.repeat(40)}\n` });
    await finish(base.sync());
    folder.write({ 'plan.md': PLAN });
    await finish(base.sync());
    expect((await history.forget('plan.md')).dropped).toBe(2);
    await (await base.maintenance()).compact();
    for (const file of [path, `${path}-wal`].filter(existsSync))
      expect(readFileSync(file).toString('latin1')).not.toContain(secret);
  });
});
