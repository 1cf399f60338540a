import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AppContext } from '../../../src/app/app-context.ts';
import type { WatchEvent, WatchOptions } from '../../../src/app/watch/types.ts';
import type { WatchDrivers } from '../../../src/app/watch/watch-loop.ts';
import { watchSources } from '../../../src/app/watch/watch-sources.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { silentLog } from '../../../src/platform/runtime.ts';
import type { FolderWatcherOptions } from '../../../src/source/watch/folder-watcher.ts';
import { createStore } from '../../../src/store/sqlite/create-store.ts';
import { hashEmbedder } from '../../../src/testing/hash-embedder.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-knowledge-base.ts';

type Watch = {
  readonly folder: TemporaryFolder;
  readonly told: WatchEvent[];
  readonly database: string;
  /** What the system says happened at a path below the folder. */
  touched(...paths: string[]): void;
  fail(code: string): void;
  /** Lets time go on until the watch waits again. */
  pass(ms: number): Promise<void>;
  /** `status path` of what changed since this was asked. */
  changes(): string[];
  /** Folders that are watched, below the folder. */
  covered(): string[];
  documents(): string[];
};

/** Watches a folder with a clock and a watcher of the test's own, and ends the watch when `work` is done. */
async function withWatch(
  files: Readonly<Record<string, string>>,
  work: (watch: Watch) => Promise<void>,
  options: Partial<WatchOptions> = {},
): Promise<readonly WatchEvent[]> {
  const folder = temporaryFolder(files);
  const database = join(temporaryFolder().path, 'rag.db');
  let now = Date.UTC(2026, 2, 1);
  const clock = { now: () => now };
  const store = createStore({ path: database, create: true, readOnly: false, clock });
  const context: AppContext = {
    store,
    embedder: hashEmbedder(),
    runtime: { clock, log: silentLog, fetch },
    settings: defaultSettings,
  };
  const controller = new AbortController();
  const told: WatchEvent[] = [];
  const watchers: { options: FolderWatcherOptions; folders: Set<string>; isOpen: boolean }[] = [];
  let sleeper: { until: number; wake: () => void } | null = null;
  let onSleep = (): void => {};

  const drivers: WatchDrivers = {
    async startFolderWatcher(watcherOptions) {
      const watcher = { options: watcherOptions, folders: new Set<string>(), isOpen: true };
      watchers.push(watcher);
      return {
        async cover(folders) {
          const added = folders.filter((each) => !watcher.folders.has(each));
          for (const each of added) watcher.folders.add(each);
          return { added: added.length };
        },
        keepOnly(folders) {
          for (const each of watcher.folders) if (!folders.includes(each)) watcher.folders.delete(each);
        },
        async close() {
          watcher.isOpen = false;
        },
      };
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const wake = () => {
          sleeper = null;
          resolve();
        };
        if (signal.aborted) return wake();
        signal.addEventListener('abort', wake, { once: true });
        sleeper = { until: now + ms, wake };
        onSleep();
      }),
  };
  const asleep = (): Promise<void> =>
    new Promise((resolve) => {
      onSleep = resolve;
      if (sleeper) resolve();
    });
  const open = () => watchers.filter(({ isOpen }) => isOpen);

  const run = (async () => {
    const target = folder.path;
    for await (const event of watchSources(context, { target, ...options, signal: controller.signal }, drivers)) {
      if (event.type !== 'progress') told.push(event);
    }
  })();
  const failed = run.catch((error) => {
    onSleep();
    throw error;
  });
  let read = 0;
  const watch: Watch = {
    folder,
    told,
    database,
    touched(...paths) {
      for (const { options: each } of open()) for (const path of paths) each.onTouched(join(folder.path, path));
    },
    fail(code) {
      for (const { options: each } of open()) each.onError(Object.assign(new Error(code), { code }));
    },
    async pass(ms) {
      const end = now + ms;
      await Promise.race([asleep(), failed]);
      while (sleeper && (sleeper as { until: number }).until <= end) {
        now = (sleeper as { until: number }).until;
        (sleeper as { wake: () => void }).wake();
        await Promise.race([asleep(), failed]);
      }
      now = end;
    },
    changes() {
      const fresh = told.slice(read);
      read = told.length;
      return fresh.flatMap((event) => (event.type === 'item' ? [`${event.outcome.status} ${event.outcome.path}`] : []));
    },
    covered: () =>
      open()
        .flatMap(({ folders }) => [...folders])
        .map((each) => each.slice(folder.path.length + 1))
        .sort(),
    documents: () => store.documents({}, 1000, 0).map(({ path }) => path),
  };
  try {
    await watch.pass(0);
    await work(watch);
  } finally {
    controller.abort();
    await run;
    store.close();
  }
  return told;
}

const typesOf = (events: readonly WatchEvent[]): string[] => events.map(({ type }) => type);

test('the folder is added and read, then watched with all that is below it', async () => {
  const told = await withWatch({ 'a.md': 'alpha', 'b/c.md': 'gamma' }, async ({ covered, documents }) => {
    expect(covered()).toEqual(['', 'b']);
    expect(documents()).toEqual(['a.md', 'b/c.md']);
  });
  expect(typesOf(told)).toEqual(['look-start', 'item', 'item', 'look-end', 'watch-start', 'watch-end']);
  expect(told.at(-1)).toMatchObject({ report: { counts: { added: 2 }, problems: 0 } });
});

test('a change is looked at when it has been quiet for a moment, and not before', async () => {
  await withWatch({ 'a.md': 'alpha' }, async ({ folder, touched, pass, changes, told }) => {
    changes();
    folder.write({ 'a.md': 'alpha, edited', 'b.md': 'beta' });
    touched('a.md', 'b.md');
    await pass(140);
    touched('b.md');
    await pass(140);
    expect(changes()).toEqual([]);
    await pass(20);
    expect(changes().sort()).toEqual(['added b.md', 'updated a.md']);
    expect(told.findLast(({ type }) => type === 'look-start')).toMatchObject({ reason: 'changes', paths: 2 });
    expect(told.findLast(({ type }) => type === 'look-end')).toMatchObject({ lagMs: 150 });
  });
});

test('what is written without end is looked at once a second', async () => {
  await withWatch({ 'log.md': 'line' }, async ({ folder, touched, pass, changes }) => {
    changes();
    let found = 0;
    for (let i = 0; i < 30; i++) {
      folder.write({ 'log.md': `line ${i}` });
      touched('log.md');
      await pass(100);
      found += changes().length;
    }
    expect(found).toBeGreaterThanOrEqual(2);
    expect(found).toBeLessThanOrEqual(4);
  });
});

test('a rename keeps the passages, and what an editor leaves behind is not there', async () => {
  await withWatch({ 'a.md': 'alpha beta' }, async ({ folder, touched, pass, changes, documents }) => {
    changes();
    renameSync(join(folder.path, 'a.md'), join(folder.path, 'b.md'));
    touched('a.md', 'b.md');
    await pass(200);
    expect(changes()).toEqual(['moved b.md']);
    folder.write({ '.b.md.swp': 'x', 'b.md.tmp': 'alpha beta gamma' });
    renameSync(join(folder.path, 'b.md.tmp'), join(folder.path, 'b.md'));
    touched('.b.md.swp', 'b.md.tmp', 'b.md');
    await pass(200);
    expect(changes()).toEqual(['updated b.md']);
    expect(documents()).toEqual(['b.md']);
  });
});

test('a folder that is new is watched and looked at once more, for what came before it was watched', async () => {
  await withWatch({ 'a.md': 'alpha' }, async ({ folder, touched, pass, changes, covered }) => {
    changes();
    folder.write({ 'new/b.md': 'beta' });
    touched('new');
    await pass(150);
    folder.write({ 'new/unheard.md': 'gamma' });
    await pass(1000);
    expect(changes()).toContain('added new/b.md');
    expect(covered()).toEqual(['', 'new']);
  });
});

test('many changes at once are found by looking at everything, and once more after that', async () => {
  await withWatch({ 'a.md': 'alpha' }, async ({ folder, touched, pass, changes, told }) => {
    changes();
    const names = Array.from({ length: 600 }, (_, i) => `n${i}.md`);
    folder.write(Object.fromEntries(names.map((name) => [name, `text of ${name}`])));
    touched(...names);
    await pass(150);
    expect(changes()).toHaveLength(600);
    expect(told.findLast(({ type }) => type === 'look-start')).toMatchObject({ reason: 'changes', paths: null });
    folder.write({ 'lost.md': 'no event tells of it' });
    await pass(1000);
    expect(changes()).toEqual(['added lost.md']);
  });
});

test('new ignore rules take documents away, and bring them back', async () => {
  await withWatch({ 'a.md': 'alpha', 'b.md': 'beta' }, async ({ folder, touched, pass, changes }) => {
    changes();
    folder.write({ '.ragignore': 'b.md' });
    touched('.ragignore');
    await pass(200);
    expect(changes()).toEqual(['removed b.md']);
    folder.write({ '.ragignore': '# nothing' });
    touched('.ragignore');
    await pass(200);
    expect(changes()).toEqual(['added b.md']);
  });
});

test('a root that vanishes loses nothing, is told once, and is followed again when it is back', async () => {
  await withWatch({ 'a.md': 'alpha' }, async ({ folder, pass, changes, documents, told, touched }) => {
    changes();
    renameSync(folder.path, `${folder.path}-away`);
    await pass(5000);
    expect(documents()).toEqual(['a.md']);
    expect(told.filter(({ type }) => type === 'source-problem')).toHaveLength(1);
    renameSync(`${folder.path}-away`, folder.path);
    folder.write({ 'b.md': 'beta' });
    await pass(2000);
    expect(changes()).toEqual(['added b.md']);
    expect(typesOf(told)).toContain('source-back');
    folder.write({ 'c.md': 'gamma' });
    touched('c.md');
    await pass(200);
    expect(changes()).toEqual(['added c.md']);
  });
});

test('a root that is suddenly empty keeps its documents', async () => {
  await withWatch({ 'a.md': 'alpha' }, async ({ folder, touched, pass, documents, told }) => {
    rmSync(join(folder.path, 'a.md'));
    touched('a.md');
    await pass(300);
    expect(documents()).toEqual(['a.md']);
    expect(told.at(-2)).toMatchObject({ type: 'source-problem', message: expect.stringContaining('suddenly empty') });
  });
});

test('what no event tells of is found from time to time', async () => {
  const options = { reconcileMs: 60_000 };
  await withWatch(
    { 'a.md': 'alpha' },
    async ({ folder, pass, changes }) => {
      changes();
      folder.write({ 'b.md': 'beta' });
      await pass(55_000);
      expect(changes()).toEqual([]);
      await pass(10_000);
      expect(changes()).toEqual(['added b.md']);
    },
    options,
  );
});

test('where the system watches no more, it says how to raise the limit and looks from time to time', async () => {
  await withWatch({ 'a.md': 'alpha' }, async ({ folder, fail, pass, changes, told, covered }) => {
    changes();
    fail('ENOSPC');
    await pass(100);
    expect(told.at(-1)).toMatchObject({
      type: 'polling',
      hint: expect.stringContaining('fs.inotify.max_user_watches'),
    });
    expect(covered()).toEqual([]);
    folder.write({ 'b.md': 'beta' });
    await pass(2500);
    expect(changes()).toEqual(['added b.md']);
  });
});

test('with --poll nothing is watched, and a look that finds nothing says nothing', async () => {
  await withWatch(
    { 'a.md': 'alpha' },
    async ({ pass, covered, told, folder, changes }) => {
      expect(covered()).toEqual([]);
      const before = told.length;
      await pass(60_000);
      expect(told.slice(before)).toEqual([]);
      changes();
      folder.remove('a.md');
      folder.write({ 'b.md': 'beta' });
      await pass(6000);
      expect(changes().sort()).toEqual(['added b.md', 'removed a.md']);
    },
    { pollMs: 5000 },
  );
});

test('a source that another process removes is followed no more', async () => {
  await withWatch({ 'a.md': 'alpha' }, async ({ database, folder, pass, told, covered }) => {
    const other = createStore({ path: database, create: false, readOnly: false, clock: { now: () => 0 } });
    other.write((writer) => {
      for (const { row } of other.sources()) writer.removeSource(row);
    });
    other.close();
    folder.write({ 'b.md': 'beta' });
    await pass(2500);
    expect(told.at(-1)).toEqual({ type: 'sources', sources: [] });
    expect(covered()).toEqual([]);
  });
});

test('--once brings all in step and ends', async () => {
  const told = await withWatch({ 'a.md': 'alpha' }, async () => {}, { once: true });
  expect(typesOf(told)).toEqual(['look-start', 'item', 'look-end', 'watch-end']);
});

test('a page, a collection that is not there, and a database without folders are refused', async () => {
  const refused = (options: Partial<WatchOptions>) => withWatch({}, async () => {}, options);
  await expect(refused({ target: 'https://example.com/a' })).rejects.toMatchObject({ code: 'USAGE' });
  await expect(refused({ target: undefined, collection: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(refused({ target: undefined })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    hint: expect.stringContaining('rag watch'),
  });
});
