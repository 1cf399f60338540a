import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { expect, test } from 'vitest';
import { createSpoolFolder } from '../../../src/app/ingest/containers/spool-folder.ts';
import { writeZip } from '../../parse/write-zip.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

async function ingest(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = temporaryFolder(files);
  const kb = await openTemporary();
  const { lines, outcomes, report } = await finish(kb.add(folder.path));
  return { kb, lines, report, folder, of: (path: string) => outcomes.find((outcome) => outcome.path === path) };
}
const own = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith(`ragstone-spool-${process.pid}-`));

test('an archive that unpacks to far more than its size is refused as a whole, or member by member', async () => {
  const zeros = Buffer.alloc(300 * 2 ** 20);
  const { of, report } = await ingest({
    'bomb.zip': writeZip([{ name: 'zeros.txt', data: zeros }]),
    'bomb.tgz': gzipSync(await packTar([{ header: { name: 'zeros.txt', size: zeros.length }, body: zeros }])),
    'liar.zip': writeZip([{ name: 'big.txt', data: Buffer.alloc(60 * 2 ** 20, 'a '), declaredBytes: 100 }]),
    'plain.md': 'still read',
  });
  expect(of('bomb.zip')).toMatchObject({
    status: 'failed',
    reason: { code: 'PARSE_TOO_LARGE', message: expect.stringContaining('bomb') },
  });
  expect(of('bomb.tgz')).toMatchObject({ status: 'failed', reason: { code: 'PARSE_TOO_LARGE' } });
  expect(of('liar.zip!/big.txt')).toMatchObject({ status: 'failed' });
  expect(of('plain.md')?.status).toBe('added');
  expect(report.counts.added).toBe(1);
  expect(own()).toEqual([]);
});

test('members that share their bytes, or hold the archive itself, do not multiply', async () => {
  const overlapping = writeZip([
    { name: 'a.txt', data: 'x'.repeat(1000) },
    { name: 'b.txt', data: 'x'.repeat(1000), sameDataAs: 0 },
  ]);
  let nested = writeZip([{ name: 'end.md', data: 'the end' }]);
  for (let level = 0; level < 8; level++) nested = writeZip([1, 2, 3].map((n) => ({ name: `${n}.zip`, data: nested })));
  const { of, report } = await ingest({ 'overlap.zip': overlapping, 'nested.zip': nested });
  expect(of('overlap.zip')).toMatchObject({
    status: 'failed',
    reason: { message: expect.stringContaining('overlap') },
  });
  expect(report.counts.added).toBe(0);
  // Three times three archives of three, none of which is opened.
  expect(report.counts.failed).toBe(1 + 27 + 1);
});

test('an archive of very many members is bounded, and one of many is read', async () => {
  const many = writeZip(
    Array.from({ length: 2_000 }, (_, i) => ({ name: `${i}.txt`, data: `number ${i}`, method: 'store' as const })),
  );
  const tooMany = Buffer.from(writeZip([{ name: 'a.txt', data: 'x' }]));
  tooMany.writeUInt16LE(0xfffe, tooMany.length - 12);
  const { of, report } = await ingest({ 'many.zip': many, 'liar.zip': tooMany });
  expect(report.counts.added).toBe(2_000);
  expect(of('liar.zip')).toMatchObject({ status: 'failed', reason: { code: 'PARSE_FAILED' } });
}, 120_000);

test('links, devices and folders of a tar archive are names that lead nowhere', async () => {
  const archive = await packTar([
    { header: { name: 'a.md', size: 4 }, body: 'text' },
    { header: { name: 'passwd.md', size: 0, type: 'symlink', linkname: '/etc/passwd' } },
    { header: { name: 'hard.md', size: 0, type: 'link', linkname: '../../etc/passwd' } },
    { header: { name: 'null.md', size: 0, type: 'character-device' } },
    { header: { name: '../../up.md', size: 2 }, body: 'up' },
    { header: { name: 'folder/', size: 0, type: 'directory' } },
  ]);
  const { lines, folder } = await ingest({ 'sub/x.tar': archive });
  expect(lines).toEqual([
    'added sub/x.tar!/a.md',
    'added sub/x.tar!/up.md',
    'skipped sub/x.tar!/hard.md',
    'skipped sub/x.tar!/null.md',
    'skipped sub/x.tar!/passwd.md',
  ]);
  expect(readdirSync(folder.path)).toEqual(['sub']);
});

test('every cut and every damaged byte of an archive ends in outcomes, with what was whole kept', async () => {
  const zip = Buffer.from(
    writeZip([
      { name: 'a.md', data: 'alpha '.repeat(50) },
      { name: 'b.md', data: 'beta '.repeat(50) },
    ]),
  );
  const tar = Buffer.from(
    await packTar([
      { header: { name: 'a.md', size: 5 }, body: 'alpha' },
      { header: { name: 'b.md', size: 4 }, body: 'beta' },
    ]),
  );
  const files: Record<string, Uint8Array> = {};
  for (const [name, whole] of [
    ['zip', zip],
    ['tar', tar],
    ['tgz', gzipSync(tar)],
  ] as const) {
    for (let step = 1; step < 12; step++) {
      const at = Math.floor((whole.length * step) / 12);
      files[`cut-${step}.${name}`] = whole.subarray(0, at);
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 0xff;
      files[`bad-${step}.${name}`] = damaged;
    }
  }
  const { report, of, lines } = await ingest({ ...files, 'plain.md': 'still read' });
  expect(of('plain.md')?.status).toBe('added');
  expect(report.interrupted).toBe(false);
  for (const name of Object.keys(files))
    expect(
      lines.some((line) => line.includes(name)),
      name,
    ).toBe(true);
  expect(own()).toEqual([]);
}, 120_000);

test('a tar archive that breaks off between two members is told as damaged, and what came before is kept', async () => {
  const tar = Buffer.from(
    await packTar([
      { header: { name: 'a.md', size: 5 }, body: 'alpha' },
      { header: { name: 'b.md', size: 4 }, body: 'beta' },
    ]),
  );
  const cut = tar.subarray(0, 1024);
  const { of, lines } = await ingest({ 'cut.tar': cut, 'cut.tgz': gzipSync(cut), 'whole.tgz': gzipSync(tar) });
  for (const name of ['cut.tar', 'cut.tgz']) {
    expect(of(`${name}!/a.md`)?.status).toBe('added');
    expect(of(name)).toMatchObject({ status: 'failed', reason: { message: expect.stringContaining('breaks off') } });
  }
  expect(lines.filter((line) => line.includes('whole'))).toEqual(['added whole.tgz!/a.md', 'added whole.tgz!/b.md']);
});

test('a long and strange name is shortened, and its document is found by it', async () => {
  const name = `${'ä'.repeat(300)}\n\u0000\u202e/${'b'.repeat(400)}.md`;
  const { kb, report } = await ingest({
    'a.zip': writeZip([
      { name, data: 'text' },
      { name: '..', data: 'x' },
      { name: 'c/', data: '' },
    ]),
  });
  expect(report.counts.added).toBe(1);
  const [{ path } = { path: '' }] = kb.list();
  expect(path.length).toBeLessThan(500);
  expect(path).toMatch(/\.md$/);
  expect(kb.get(path).text).toBe('text');
});

test('what a killed run left in the spool is removed by the next, and what another run needs is not', () => {
  const parent = mkdtempSync(join(tmpdir(), 'rag-spools-'));
  const dead = join(parent, 'ragstone-spool-999999999-x');
  const alive = join(parent, `ragstone-spool-${process.ppid}-x`);
  for (const folder of [dead, alive]) mkdirSync(folder);
  writeFileSync(join(dead, 'secret'), 'x');
  const spool = createSpoolFolder(parent);
  const place = spool.open();
  expect(readdirSync(parent)).toHaveLength(2);
  expect(place.startsWith(join(parent, `ragstone-spool-${process.pid}-`))).toBe(true);
  spool.remove();
  expect(readdirSync(parent)).toEqual([`ragstone-spool-${process.ppid}-x`]);
});

test('a run that was stopped in the middle of an archive is made whole by the next, and nothing is stored twice', async () => {
  const names = Array.from({ length: 300 }, (_, i) => `n${i}.md`);
  const archive = (await packTar(
    names.map((name) => ({ header: { name, size: name.length }, body: name })),
  )) as Uint8Array;
  const folder = temporaryFolder({ 'a.tgz': gzipSync(archive) });
  const kb = await openTemporary();
  const stop = new AbortController();
  let seen = 0;
  for await (const event of kb.add(folder.path, { signal: stop.signal })) {
    if (event.type === 'item-end' && ++seen === 1) stop.abort();
  }
  const first = kb.list({ limit: 1000 }).length;
  expect(own()).toEqual([]);
  const { report } = await finish(kb.sync());
  expect(report.counts.failed).toBe(0);
  expect(report.counts.added).toBe(300 - first);
  expect(new Set(kb.list({ limit: 1000 }).map(({ path }) => path)).size).toBe(300);
  expect((await finish(kb.sync())).report.counts.unchanged).toBe(300);
}, 60_000);
