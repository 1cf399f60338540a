import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { silentLog, systemRuntime } from '../../src/platform/runtime.ts';
import { folderSource } from '../../src/source/folder.ts';
import { isInScope } from '../../src/source/is-in-scope.ts';
import { listFolderPart } from '../../src/source/list-folder-part.ts';
import type { SourceOptions } from '../../src/source/types.ts';
import { temporaryFolder } from './temporary-folder.ts';

const runtime = { ...systemRuntime, log: silentLog };
const specOf = (root: string, options: SourceOptions = {}) => ({
  kind: 'folder' as const,
  uri: pathToFileURL(root).href,
  options,
});
const part = (root: string, paths: readonly string[], options?: SourceOptions) =>
  listFolderPart(specOf(root, options), paths, runtime);
const pathsOf = async (root: string, paths: readonly string[], options?: SourceOptions) =>
  (await part(root, paths, options))?.items.map(({ path }) => path);

test('only what stands at the paths is listed, and the scope says so', async () => {
  const root = temporaryFolder({ 'a.md': 'a', 'b.md': 'b', 'c/d.md': 'd', 'c/e/f.md': 'f' });
  const listing = await part(root, ['a.md', 'c', 'gone.md']);
  expect(listing?.items.map(({ path }) => path)).toEqual(['a.md', 'c/d.md', 'c/e/f.md']);
  expect([...(listing?.scope ?? [])]).toEqual([`file://${root}/a.md`, `file://${root}/c`, `file://${root}/gone.md`]);
  expect(listing?.folders).toEqual([`${root}/c`, `${root}/c/e`]);
});

test('of a path below a folder that is gone, the folder is what was looked at', async () => {
  const root = temporaryFolder({ 'a.md': 'a' });
  const listing = await part(root, ['x/y/z.md']);
  expect([...(listing?.scope ?? [])]).toEqual([`file://${root}/x`]);
  expect(listing?.items).toEqual([]);
});

test('what is hidden, ignored or left out is not there', async () => {
  const files = { '.gitignore': '*.log\nout/', 'a.log': 'x', '.b.md': 'x', 'out/c.md': 'x', 'node_modules/d.md': 'x' };
  const root = temporaryFolder({ ...files, 'e.md': 'e' });
  expect(await pathsOf(root, ['a.log', '.b.md', 'out/c.md', 'node_modules/d.md', 'e.md'])).toEqual(['e.md']);
  expect(await pathsOf(root, ['e.md'], { include: ['*.log'] })).toEqual([]);
});

test('a picture that was touched is reported, one beside it is not', async () => {
  const root = temporaryFolder({ 'a.png': 'x', 'b.png': 'x', 'c.md': 'c' });
  expect((await part(root, ['a.png']))?.skipped.map(({ path }) => path)).toEqual(['a.png']);
});

test('the root itself, an empty folder, and what links lead to need the whole listing', async () => {
  const root = temporaryFolder({ 'a.md': 'a', '.hidden/b.md': 'b' });
  symlinkSync('.hidden/b.md', join(root, 'link.md'));
  symlinkSync('.hidden', join(root, 'linked'));
  expect(await part(root, [''])).toBeNull();
  expect(await part(root, ['link.md'])).toBeNull();
  expect(await part(temporaryFolder({}), ['a.md'])).toBeNull();
  const whole = await folderSource.list(specOf(root), runtime);
  expect(whole.linkedFolders).toEqual([`${root}/.hidden`]);
  expect(whole.folders).toEqual([root, `${root}/.hidden`]);
});

test('a root that is gone is missing', async () => {
  const root = temporaryFolder({ 'a.md': 'a' });
  rmSync(root, { recursive: true });
  expect(await part(root, ['a.md'])).toMatchObject({ root: 'missing', items: [] });
});

test('a container stands for what is in it', () => {
  const scope = new Set(['file:///a/b.zip']);
  expect(isInScope('file:///a/b.zip!/docs/x.md', scope)).toBe(true);
  expect(isInScope('file:///a/b.zip', scope)).toBe(true);
  expect(isInScope('file:///a/b.zipper', scope)).toBe(false);
  expect(isInScope('file:///a', scope)).toBe(false);
});

test('whatever the tree and the paths, a part shows what the whole shows of its scope', async () => {
  const names = ['a', 'b.md', 'c.txt', '.d', 'build', 'package.json', '.gitignore'];
  const contents = ['text', 'b.md', 'a/\n!b.md', ''];
  let compared = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const below = randomNumbers(seed);
    const path = (): string => Array.from({ length: 1 + below(3) }, () => names[below(names.length)]).join('/');
    const root = temporaryFolder({ 'z.md': 'z' });
    const written = Array.from({ length: 1 + below(12) }, path);
    for (const file of written) {
      try {
        const place = join(root, file);
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, contents[below(contents.length)]!);
      } catch {
        // A file stands where a folder would be needed, or the other way round: then it stays.
      }
    }
    const asked = Array.from({ length: below(5) }, () => (below(2) ? path() : written[below(written.length)]!));
    const whole = await folderSource.list(specOf(root), runtime);
    const listing = await part(root, asked);
    const scope = listing?.scope ?? new Set();
    const expected = whole.items.filter(({ uri }) => isInScope(uri, scope));
    expect(listing?.items, `seed ${seed}`).toEqual(expected);
    compared += expected.length;
    for (const each of asked) expect(isInScope(`file://${root}/${each}`, scope), `seed ${seed}`).toBe(true);
  }
  expect(compared).toBeGreaterThan(50);
});

/** Numbers from 0 to below the bound: Numerical Recipes' linear congruential generator, of which the high bits are random. */
function randomNumbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}
