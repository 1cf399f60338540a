import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsup';
import { expect, test } from 'vitest';
import { type Log, silentLog, systemRuntime } from '../../src/platform/runtime.ts';
import { folderSource } from '../../src/source/folder.ts';
import type { SourceListing, SourceOptions } from '../../src/source/types.ts';
import { temporaryFolder } from './temporary-folder.ts';

const list = (root: string, options: SourceOptions = {}, log: Log = silentLog): Promise<SourceListing> =>
  folderSource.list({ kind: 'folder', uri: pathToFileURL(root).href, options }, { ...systemRuntime, log });

const pathsOf = async (root: string, options?: SourceOptions) =>
  (await list(root, options)).items.map(({ path }) => path);

const skippedOf = async (root: string, options?: SourceOptions) =>
  (await list(root, options)).skipped.map(({ path, code }) => `${code} ${path}`);

test('files are listed by path with size, time, URI and place', async () => {
  const root = temporaryFolder({ 'b.md': 'bb', 'a/z.md': 'z', 'a.md': 'a' });
  const { items, skipped, root: state } = await list(root);
  expect(items.map(({ path, size }) => [path, size])).toEqual([
    ['a.md', 1],
    ['a/z.md', 1],
    ['b.md', 2],
  ]);
  expect(items[1]).toMatchObject({ uri: `file://${root}/a/z.md`, content: { kind: 'file', path: `${root}/a/z.md` } });
  expect(Number.isInteger(items[0]!.mtimeMs)).toBe(true);
  expect({ skipped, state }).toEqual({ skipped: [], state: 'present' });
});

test('URIs of strange names lead back to the file', async () => {
  const names = [
    'ü b.md',
    'a#b?c%20.md',
    'line\nbreak.md',
    '[x]{y}(z)!.md',
    'back\\slash.md',
    'quote\'".md',
    '日本.md',
  ];
  const root = temporaryFolder(Object.fromEntries(names.map((name) => [name, name])));
  const { items } = await list(root);
  expect(items.map(({ path }) => path)).toEqual([...names].sort());
  for (const { uri, path } of items) expect(readFileSync(fileURLToPath(uri), 'utf8')).toBe(path);
});

test('a root that is not there, or is no folder, is missing and says why', async () => {
  const root = temporaryFolder({ 'a.md': 'a' });
  expect(await list(join(root, 'gone'))).toMatchObject({
    items: [],
    root: 'missing',
    reason: expect.stringContaining('ENOENT'),
  });
  expect(await list(join(root, 'a.md'))).toMatchObject({
    items: [],
    root: 'missing',
    reason: expect.stringContaining('no longer'),
  });
});

test('an empty folder is present', async () => {
  expect(await list(temporaryFolder())).toMatchObject({ items: [], root: 'present' });
});

test('hidden files and folders are left out unless asked for', async () => {
  const root = temporaryFolder({ 'a.md': 'a', '.b.md': 'b', '.c/d.md': 'd', '.git/e.md': 'e', '.rag/f.md': 'f' });
  expect(await pathsOf(root)).toEqual(['a.md']);
  expect(await pathsOf(root, { hidden: true })).toEqual(['.b.md', '.c/d.md', 'a.md']);
  expect(await pathsOf(root, { include: ['.c/**'] })).toEqual(['.c/d.md']);
  expect(await pathsOf(root, { include: ['.b*'] })).toEqual(['.b.md']);
  expect(await pathsOf(root, { include: ['.git/**', '**/.git/e.md'], hidden: true })).toEqual([]);
});

test('package, build and cache folders are left out unless asked for', async () => {
  const tag = 'Signature: 8a477f597d28d172789f06886806bc55\n';
  const root = temporaryFolder({
    'node_modules/x/readme.md': 'x',
    'app/package.json': '{}',
    'app/dist/page.md': 'x',
    'letters/dist/page.md': 'x',
    'cache/CACHEDIR.TAG': tag,
    'cache/page.md': 'x',
    'tagged/CACHEDIR.TAG': 'no such signature, just a name',
    'tagged/page.md': 'x',
    'env/pyvenv.cfg': 'home = /usr',
    'env/readme.md': 'x',
  });
  const taken = ['app/package.json', 'letters/dist/page.md', 'tagged/CACHEDIR.TAG', 'tagged/page.md'];
  expect(await pathsOf(root)).toEqual(taken);
  expect(await pathsOf(root, { noIgnore: true })).toHaveLength(10);
  expect(await pathsOf(root, { include: ['node_modules/**/*.md', 'app/dist/**'] })).toEqual([
    'app/dist/page.md',
    'node_modules/x/readme.md',
  ]);
});

test('ignore files hold for their folder, deeper ones first, .ragignore above .gitignore', async () => {
  const root = temporaryFolder({
    '.gitignore': '*.log\n/build/\nnotes/private/\ndocs/*.tmp\n',
    '.ragignore': '!keep.log\nsecret.md\n',
    'a.log': 'x',
    'keep.log': 'x',
    'sub/keep.log': 'x',
    'sub/b.log': 'x',
    'secret.md': 'x',
    'sub/secret.md': 'x',
    'build/a.md': 'x',
    'sub/build/a.md': 'x',
    'sub/.gitignore': '!b.log\n/only-here.md\n',
    'sub/only-here.md': 'x',
    'only-here.md': 'x',
    'notes/private/a.md': 'x',
    'notes/.gitignore': '!private/\n',
    'docs/a.tmp': 'x',
    'docs/deep/a.tmp': 'x',
    'locked/.ragignore': '*\n!open.md\n',
    'locked/a.md': 'x',
    'locked/open.md': 'x',
  });
  expect(await pathsOf(root)).toEqual([
    'docs/deep/a.tmp',
    'keep.log',
    'locked/open.md',
    'notes/private/a.md',
    'only-here.md',
    'sub/b.log',
    'sub/build/a.md',
    'sub/keep.log',
  ]);
  expect(await pathsOf(root, { noIgnore: true })).toHaveLength(15);
});

test('what is in an ignored folder cannot be taken back, as in Git', async () => {
  const root = temporaryFolder({ '.gitignore': 'out/\n!out/keep.md\n', 'out/keep.md': 'x', 'a.md': 'x' });
  expect(await pathsOf(root)).toEqual(['a.md']);
});

test('listing agrees with git on which files are ignored', async () => {
  const files = {
    '.gitignore':
      '# comment\n\\#hash.md\n*.o[ab]\n/a/**/z.md\nfoo/\n!foo/x.md\n**/deep/*.txt\ntrail \\ \n!important.ob\nb?r\n',
    '#hash.md': 'x',
    'x.oa': 'x',
    'important.ob': 'x',
    'a/z.md': 'x',
    'a/b/c/z.md': 'x',
    'b/a/z.md': 'x',
    'foo/x.md': 'x',
    'q/foo/x.md': 'x',
    'q/deep/t.txt': 'x',
    'q/deep/r/t.txt': 'x',
    'bar/x.md': 'x',
    'q/bor': 'x',
    'FOO/x.md': 'x',
    'q/.gitignore': '!foo/\n*.md\n',
    'q/r/.gitignore': '!*.md\n',
    'q/r/s.md': 'x',
    'q/s.md': 'x',
  };
  const root = temporaryFolder(files);
  execFileSync('git', ['init', '-q'], { cwd: root });
  const known = execFileSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const expected = known.split('\0').filter((path) => path !== '' && !path.endsWith('.gitignore'));
  expect(await pathsOf(root)).toEqual(expected.sort());
});

test('rules that would take unbounded time are left out with a warning', async () => {
  const warnings: string[] = [];
  const root = temporaryFolder({
    '.gitignore': `${'**/a/'.repeat(12)}b\n${'x'.repeat(5_000)}\n*.log\n`,
    'a.log': 'x',
    [`${'a/'.repeat(60)}c.md`]: 'x',
  });
  const { items } = await list(root, {}, { ...silentLog, warn: (message) => warnings.push(message) });
  expect(items).toHaveLength(1);
  expect(warnings).toEqual([expect.stringContaining('2 rules')]);
});

test('an ignore file that is no regular or no small file is not read', async () => {
  const warnings: string[] = [];
  const root = temporaryFolder({ 'a.md': 'x', 'sub/b.md': 'x', 'sub/.gitignore': `${'*.md\n'.repeat(60_000)}` });
  spawnSync('mkfifo', [join(root, '.gitignore')]);
  const { items } = await list(root, {}, { ...silentLog, warn: (message) => warnings.push(message) });
  expect(items.map(({ path }) => path)).toEqual(['a.md', 'sub/b.md']);
  expect(warnings).toEqual([expect.stringContaining('larger than')]);
});

test('include and exclude globs: without a slash at every depth, with one from the root', async () => {
  const root = temporaryFolder({
    'a.md': 'x',
    'a.txt': 'x',
    'docs/b.md': 'x',
    'docs/old/c.md': 'x',
    'x/docs/d.md': 'x',
  });
  expect(await pathsOf(root, { include: ['*.md'] })).toEqual(['a.md', 'docs/b.md', 'docs/old/c.md', 'x/docs/d.md']);
  expect(await pathsOf(root, { include: ['docs/*.md'] })).toEqual(['docs/b.md']);
  expect(await pathsOf(root, { include: ['docs'] })).toEqual(['docs/b.md', 'docs/old/c.md', 'x/docs/d.md']);
  expect(await pathsOf(root, { include: ['/docs'] })).toEqual(['docs/b.md', 'docs/old/c.md']);
  expect(await pathsOf(root, { include: ['./a.md', 'docs/b.md'] })).toEqual(['a.md', 'docs/b.md']);
  expect(await pathsOf(root, { include: ['*.{txt,rst}', 'x/'] })).toEqual(['a.txt', 'x/docs/d.md']);
  expect(await pathsOf(root, { exclude: ['old', '*.txt'] })).toEqual(['a.md', 'docs/b.md', 'x/docs/d.md']);
  expect(await pathsOf(root, { include: ['*.md'], exclude: ['docs/**'] })).toEqual(['a.md', 'x/docs/d.md']);
});

test.each([['../x'], ['docs/../../x'], ['!a'], [' '], ['a'.repeat(2_000)]])('glob %j is refused', async (glob) => {
  await expect(list(temporaryFolder(), { include: [glob] })).rejects.toMatchObject({ code: 'USAGE' });
});

test('globs cannot reach what the folder does not show', async () => {
  const outside = temporaryFolder({ 'secret.md': 'x' });
  const root = temporaryFolder({ 'a.md': 'x', '.gitignore': 'private/', 'private/b.md': 'x' });
  symlinkSync(outside, join(root, 'link'));
  const include = [
    'link/**',
    'link/secret.md',
    `${outside}/**`,
    `${outside}/secret.md`,
    'private/b.md',
    'private/**',
    'a.md/x',
  ];
  expect(await pathsOf(root, { include })).toEqual([]);
});

test('binaries are reported by their extension and taken when named', async () => {
  const root = temporaryFolder({ 'a.PNG': 'x', 'b.7z': 'x', 'c.md': 'x', 'd.ts': 'x', '.gz': 'x' });
  expect(await skippedOf(root)).toEqual(['binary a.PNG', 'binary b.7z']);
  expect(await pathsOf(root)).toEqual(['c.md', 'd.ts']);
  expect(await pathsOf(root, { include: ['*.{7z,tar}', 'c.md'] })).toEqual(['b.7z', 'c.md']);
  expect(await skippedOf(root, { include: ['**/*'] })).toEqual(['binary a.PNG', 'binary b.7z']);
});

test('files above the limit, and empty ones, are reported', async () => {
  const root = temporaryFolder({ 'a.md': '12345', 'b.md': '123456', 'c.md': '', 'huge.md': 'x' });
  truncateSync(join(root, 'huge.md'), 3_000_000_000);
  expect(await skippedOf(root, { maxFileBytes: 5 })).toEqual(['too-large b.md', 'empty c.md', 'too-large huge.md']);
  expect(await skippedOf(root)).toEqual(['empty c.md', 'too-large huge.md']);
});

test('pipes, sockets and devices are reported and never opened', async () => {
  const root = temporaryFolder({ 'a.md': 'x' });
  spawnSync('mkfifo', [join(root, 'pipe.md')]);
  symlinkSync('/dev/zero', join(root, 'zero.md'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(root, 'socket.md'), resolve));
  try {
    const { items, skipped } = await list(root);
    expect(items.map(({ path }) => path)).toEqual(['a.md']);
    expect(skipped.map(({ path, code, message }) => [path, code, message])).toEqual([
      ['pipe.md', 'not-regular', 'It is a named pipe, not a regular file.'],
      ['socket.md', 'not-regular', 'It is a socket, not a regular file.'],
      ['zero.md', 'link-escapes', 'The link leads out of the folder, to /dev/zero.'],
    ]);
  } finally {
    server.close();
  }
});

test('links never lead out, in circles or to the same file twice', async () => {
  const outside = temporaryFolder({ 'secret.md': 'x' });
  const root = temporaryFolder({ 'real/a.md': 'x', 'real/sub/b.md': 'x' });
  symlinkSync('../..', join(root, 'real/sub/up'));
  symlinkSync('self', join(root, 'self'));
  symlinkSync('gone.md', join(root, 'dangling.md'));
  symlinkSync('real/a.md', join(root, 'to-file.md'));
  symlinkSync('real', join(root, 'to-folder'));
  symlinkSync(outside, join(root, 'out'));
  symlinkSync(join(outside, 'secret.md'), join(root, 'out.md'));
  symlinkSync('out', join(root, 'through-out'));
  symlinkSync(`${root}-beside`, join(root, 'beside'));
  mkdirSync(`${root}-beside`);
  try {
    expect(await pathsOf(root)).toEqual(['real/a.md', 'real/sub/b.md']);
    expect(await skippedOf(root)).toEqual([
      'link-escapes beside',
      'unreadable dangling.md',
      'link-escapes out',
      'link-escapes out.md',
      'unreadable self',
      'link-escapes through-out',
    ]);
  } finally {
    rmSync(`${root}-beside`, { recursive: true });
  }
});

test('a link to what is only hidden shows it once, as mounted configuration does', async () => {
  const root = temporaryFolder({
    '..2024/app.md': 'x',
    '..2024/deep/b.md': 'x',
    '.other/c.md': 'x',
    '.other/sub/d.md': 'x',
  });
  symlinkSync('..2024', join(root, '..data'));
  symlinkSync('..data/app.md', join(root, 'app.md'));
  symlinkSync('..data/app.md', join(root, 'second.md'));
  symlinkSync('.other', join(root, 'shown'));
  symlinkSync('.other/sub', join(root, 'shown-sub'));
  symlinkSync('../..', join(root, '.other/sub/loop'));
  symlinkSync('../../.other', join(root, '.other/sub/again'));
  const { items, skipped } = await list(root);
  expect(items.map(({ path }) => path)).toEqual(['app.md', 'shown-sub/d.md', 'shown/c.md']);
  expect(items[0]!.content).toEqual({ kind: 'file', path: join(root, '..2024/app.md') });
  expect(skipped).toEqual([]);
  expect(await pathsOf(root, { hidden: true })).toEqual([
    '..2024/app.md',
    '..2024/deep/b.md',
    '.other/c.md',
    '.other/sub/d.md',
  ]);
});

test('a link does not bring back what is ignored', async () => {
  const root = temporaryFolder({
    '.gitignore': '.h/private\nsecret.md\n',
    '.h/private/a.md': 'x',
    'secret.md': 'x',
    '.git/x.md': 'x',
  });
  symlinkSync('.h/private', join(root, 'link'));
  symlinkSync('secret.md', join(root, 'link.md'));
  symlinkSync('.git', join(root, 'repository'));
  expect(await pathsOf(root)).toEqual([]);
});

test('a root that was moved and replaced by a link is read through the link', async () => {
  const root = temporaryFolder({ 'a.md': 'x' });
  const moved = `${root}-moved`;
  renameSync(root, moved);
  symlinkSync(moved, root);
  try {
    expect((await list(root)).items.map(({ uri }) => uri)).toEqual([`file://${root}/a.md`]);
  } finally {
    rmSync(moved, { recursive: true });
  }
});

test('hard links are two documents', async () => {
  const root = temporaryFolder({ 'a.md': 'x' });
  linkSync(join(root, 'a.md'), join(root, 'b.md'));
  expect(await pathsOf(root)).toEqual(['a.md', 'b.md']);
});

test.skipIf(process.platform !== 'linux')('names that are no UTF-8 are reported; U+FFFD itself is a name', async () => {
  const root = temporaryFolder({ 'a\ufffdb.md': 'x' });
  writeFileSync(Buffer.concat([Buffer.from(`${root}/bad-`), Buffer.from([0xff, 0xfe]), Buffer.from('.md')]), 'x');
  mkdirSync(Buffer.concat([Buffer.from(`${root}/folder-`), Buffer.from([0xe9])]));
  expect(await pathsOf(root)).toEqual(['a\ufffdb.md']);
  expect(await skippedOf(root)).toEqual(['unreadable bad-\ufffd\ufffd.md', 'unreadable folder-\ufffd']);
});

test('a tree deeper than the bound is cut and reported', async () => {
  const root = temporaryFolder({ [`${'d/'.repeat(128)}in.md`]: 'x', [`${'d/'.repeat(129)}out.md`]: 'x' });
  expect(await pathsOf(root)).toEqual([`${'d/'.repeat(128)}in.md`]);
  expect(await skippedOf(root)).toEqual([`too-deep ${'d/'.repeat(129)}`]);
});

test('an interrupt ends the listing', async () => {
  const root = temporaryFolder(Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`f${n}.md`, 'x'])));
  const controller = new AbortController();
  const spec = { kind: 'folder' as const, uri: pathToFileURL(root).href, options: {} };
  const listing = folderSource.list(spec, { ...systemRuntime, signal: controller.signal });
  setImmediate(() => controller.abort());
  await expect(listing).rejects.toMatchObject({ code: 'ABORTED' });
});

/** Who runs as root may read everything, so the listing is made by a process of another user. */
async function listAsNobody(root: string): Promise<SourceListing> {
  const outDir = temporaryFolder();
  const entry = [join(import.meta.dirname, '../../src/source/folder.ts')];
  await build({ entry, outDir, config: false, silent: true, format: 'cjs', noExternal: [/.*/], splitting: false });
  const script = `
    const { folderSource } = require(${JSON.stringify(join(outDir, 'folder.cjs'))});
    const log = { debug() {}, info() {}, warn() {} };
    folderSource.list({ kind: 'folder', uri: ${JSON.stringify(pathToFileURL(root).href)}, options: {} }, { log })
      .then((listing) => console.log(JSON.stringify(listing)));`;
  for (const folder of [outDir, root]) chmodSync(folder, 0o755);
  const user = process.getuid!() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { ...user, cwd: '/', encoding: 'utf8' }));
}

test('files and folders that may not be read are reported, the rest is listed', async () => {
  const root = temporaryFolder({
    'a.md': 'x',
    'no.md': 'x',
    'no-read/b.md': 'x',
    'no-enter/c.md': 'x',
    'no-enter/d/e.md': 'x',
  });
  chmodSync(join(root, 'no.md'), 0o000);
  chmodSync(join(root, 'no-read'), 0o000);
  chmodSync(join(root, 'no-enter'), 0o644);
  try {
    const { items, skipped } = await listAsNobody(root);
    expect(items.map(({ path }) => path)).toEqual(['a.md']);
    expect(skipped.map(({ path, code }) => `${code} ${path}`)).toEqual([
      'unreadable no-enter/c.md',
      'unreadable no-enter/d/',
      'unreadable no-read/',
      'unreadable no.md',
    ]);
    for (const { message } of skipped) expect(message).toContain('permission denied (EACCES)');
    expect(skipped[1]!.uri).toBe(`file://${root}/no-enter/d/`);
  } finally {
    chmodSync(join(root, 'no-read'), 0o755);
    chmodSync(join(root, 'no-enter'), 0o755);
  }
});

test('every listed file lies below the real root, is listed once, and every listing is the same', async () => {
  for (let seed = 1; seed <= 25; seed++) {
    const next = randomNumbers(seed);
    const outside = temporaryFolder({ 'o/secret.md': 'x' });
    const root = temporaryFolder({ 'base.md': 'x' });
    const folders = [root];
    const names = ['a', 'b', '.h', 'c d', 'ü', 'x.md', '..e'];
    const pick = <T>(values: readonly T[]): T => values[next() % values.length]!;
    for (let step = 0; step < 40; step++) {
      const place = join(pick(folders), `${pick(names)}${next() % 4}`);
      const targets = [
        outside,
        join(outside, 'o/secret.md'),
        '..',
        '.',
        root,
        pick(folders),
        join(pick(folders), 'x.md1'),
        'nowhere',
      ];
      try {
        const kind = next() % 4;
        if (kind === 0) folders.push(mkdirSync(place, { recursive: true }) ?? root);
        else if (kind === 1) symlinkSync(pick(targets), place);
        else writeFileSync(place, 'x', { flag: 'wx' });
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toMatch(/^(EEXIST|ENOTDIR|ELOOP|ENOENT)$/);
      }
    }
    const options = { hidden: next() % 2 === 0, include: next() % 3 === 0 ? ['**/*', '**/.h*'] : undefined };
    const { items } = await list(root, options);
    const places = items.map(({ content }) => realpathSync((content as { path: string }).path));
    expect(places.filter((place) => !place.startsWith(`${root}/`))).toEqual([]);
    expect(new Set(places).size).toBe(places.length);
    expect(places).toContain(join(root, 'base.md'));
    expect((await list(root, options)).items).toEqual(items);
  }
});

/** Numerical Recipes' linear congruential generator; the high bits, which are the random ones. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}
