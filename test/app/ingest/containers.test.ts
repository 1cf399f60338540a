import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { expect, test } from 'vitest';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { writeZip } from '../../parse/write-zip.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const zip = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  writeZip(Object.entries(files).map(([name, data]) => ({ name, data })));
const tar = (files: Readonly<Record<string, string>>): Promise<Uint8Array> =>
  packTar(Object.entries(files).map(([name, body]) => ({ header: { name, size: Buffer.byteLength(body) }, body })));

const message = (subject: string, body: string, id = subject): string =>
  `From a@example.org Mon Mar  2 10:00:00 2020\nFrom: a@example.org\nTo: b@example.org\nSubject: ${subject}\nMessage-ID: <${id}@example.org>\n\n${body}\n\n`;
const mail = (...attachments: readonly { name: string; type: string; text: string }[]): string =>
  [
    'From: a@example.org\nTo: b@example.org\nSubject: Plans\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n',
    '--B\nContent-Type: text/plain\n\nSee what is attached.',
    ...attachments.map(
      ({ name, type, text }) =>
        `--B\nContent-Type: ${type}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="${name}"\n\n${Buffer.from(text).toString('base64')}`,
    ),
    '--B--\n',
  ].join('\n');

async function sync(kb: KnowledgeBase): Promise<readonly string[]> {
  return (await finish(kb.sync())).lines;
}
const paths = (kb: KnowledgeBase): string[] =>
  kb
    .list()
    .map(({ path }) => path)
    .sort();
const spools = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`ragstone-spool-${process.pid}-`));

test('documents of archives of each kind are documents, told by their own paths', async () => {
  const folder = temporaryFolder({
    'a.zip': zip({
      'docs/x.md': '# Alpha\n\nThe heron stands.',
      'photo.png': 'no',
      '__MACOSX/._x': 'junk',
      '.DS_Store': 'x',
    }),
    'b.tar': await tar({ 'deep/y.md': '# Beta\n\nThe otter swims.' }),
    'c.tgz': gzipSync(await tar({ 'z.txt': 'The badger digs.' })),
    'plain.md': 'The lynx waits.',
  });
  const kb = await openTemporary();
  const { lines, report } = await finish(kb.add(folder.path));
  expect(lines).toEqual([
    'added a.zip!/docs/x.md',
    'added b.tar!/deep/y.md',
    'added c.tgz!/z.txt',
    'added plain.md',
    'skipped a.zip!/photo.png',
  ]);
  expect(report.counts.failed).toBe(0);
  const { hits } = await kb.search('badger');
  expect(hits[0]).toMatchObject({ path: 'c.tgz!/z.txt' });
  expect(hits[0]?.document.uri).toBe(`file://${folder.path}/c.tgz!/z.txt`);
  expect(spools()).toEqual([]);
});

test('a part of an archive is had by path, URI, and lines', async () => {
  const folder = temporaryFolder({ 'a.zip': zip({ 'x y/ü.md': '# One\n\ntwo\n\nthree' }) });
  const kb = await openTemporary();
  await finish(kb.add(folder.path));
  expect(kb.get('a.zip!/x y/ü.md:3-5').text).toBe('two\n\nthree');
  expect(kb.get(`${folder.path}/a.zip!/x y/ü.md`).text).toContain('One');
  expect(kb.list({ filter: { paths: ['a.zip'] } })).toHaveLength(1);
  expect(kb.list({ filter: { paths: ['a.zip/x y/*.md'] } })).toHaveLength(1);
  expect((await kb.search('three', { filter: { paths: ['a.zip'] } })).hits).toHaveLength(1);
});

test('an unchanged archive is not opened, and of a changed one only what changed is read', async () => {
  const folder = temporaryFolder({ 'a.zip': zip({ 'x.md': 'alpha', 'y.md': 'beta', 'z.md': 'gamma' }) });
  const kb = await openTemporary();
  await finish(kb.add(folder.path));
  expect(await sync(kb)).toEqual(['unchanged a.zip!/x.md', 'unchanged a.zip!/y.md', 'unchanged a.zip!/z.md']);
  folder.write({ 'a.zip': zip({ 'x.md': 'alpha', 'y.md': 'delta', 'new/z.md': 'gamma', 'w.md': 'epsilon' }) });
  expect(await sync(kb)).toEqual([
    'added a.zip!/w.md',
    'moved a.zip!/new/z.md',
    'unchanged a.zip!/x.md',
    'updated a.zip!/y.md',
  ]);
  expect(paths(kb)).toEqual(['a.zip!/new/z.md', 'a.zip!/w.md', 'a.zip!/x.md', 'a.zip!/y.md']);
  folder.write({ 'a.zip': zip({ 'x.md': 'alpha' }) });
  expect((await sync(kb)).filter((line) => line.startsWith('removed'))).toHaveLength(3);
  expect(paths(kb)).toEqual(['a.zip!/x.md']);
});

test('an archive that was touched keeps what it holds, one that was renamed moves it, one that is gone takes it along', async () => {
  const files = zip({ 'x.md': 'alpha', 'y.md': 'beta' });
  const folder = temporaryFolder({ 'a.zip': files, 'keep.md': 'kept' });
  const kb = await openTemporary();
  await finish(kb.add(folder.path));
  folder.write({ 'a.zip': files });
  expect(await sync(kb)).toEqual(['unchanged a.zip!/x.md', 'unchanged a.zip!/y.md', 'unchanged keep.md']);
  folder.remove('a.zip');
  folder.write({ 'b.zip': files });
  expect(await sync(kb)).toEqual(['moved b.zip!/x.md', 'moved b.zip!/y.md', 'unchanged keep.md']);
  folder.remove('b.zip');
  expect(await sync(kb)).toEqual(['removed b.zip!/x.md', 'removed b.zip!/y.md', 'unchanged keep.md']);
});

test('a mailbox gives a document for each message, which keeps its name when others come and go', async () => {
  const [first, second, third] = ['Budget', 'Trip', 'Lunch'].map((subject) =>
    message(subject, `Of the ${subject}.\n>From here on it is text.`),
  );
  const folder = temporaryFolder({ 'in.mbox': `${first}${second}` });
  const kb = await openTemporary();
  const { lines } = await finish(kb.add(folder.path));
  expect(lines).toEqual([
    expect.stringMatching(/^added in\.mbox!\/Budget-[0-9a-f]{8}\.eml$/),
    expect.stringMatching(/^added in\.mbox!\/Trip-/),
  ]);
  const budget = kb.list()[0]!.path;
  expect(kb.get(budget).text).toContain('\nFrom here on it is text.');
  folder.write({ 'in.mbox': `${second}${third}` });
  expect((await sync(kb)).map((line) => line.replace(/-[0-9a-f]{8}/, ''))).toEqual([
    'added in.mbox!/Lunch.eml',
    'removed in.mbox!/Budget.eml',
    'unchanged in.mbox!/Trip.eml',
  ]);
});

test('what is attached to a mail is a document of its own, and goes with it', async () => {
  const letter = mail(
    { name: 'notes.md', type: 'text/markdown', text: '# Notes\n\nThe walrus sleeps.' },
    { name: 'logo.png', type: 'image/png', text: 'png' },
  );
  const folder = temporaryFolder({ 'plans.eml': letter, 'old.eml': mail() });
  const kb = await openTemporary();
  const { lines } = await finish(kb.add(folder.path));
  expect(lines).toEqual([
    'added old.eml',
    'added plans.eml',
    'added plans.eml!/notes.md',
    'skipped plans.eml!/logo.png',
  ]);
  expect((await kb.search('walrus')).hits[0]?.path).toBe('plans.eml!/notes.md');
  expect(await sync(kb)).toEqual(['unchanged old.eml', 'unchanged plans.eml', 'unchanged plans.eml!/notes.md']);
  folder.write({ 'plans.eml': letter });
  expect(await sync(kb)).toEqual(['unchanged old.eml', 'unchanged plans.eml', 'unchanged plans.eml!/notes.md']);
  folder.write({ 'plans.eml': mail() });
  expect(await sync(kb)).toEqual(['removed plans.eml!/notes.md', 'unchanged old.eml', 'updated plans.eml']);
});

test('archives in archives are opened three deep, and no deeper', async () => {
  let archive = zip({ 'level4.md': 'text of 4' });
  for (const level of [3, 2, 1]) archive = zip({ [`level${level}.md`]: `text of ${level}`, 'in.zip': archive });
  const folder = temporaryFolder({ 'a.zip': archive });
  const kb = await openTemporary();
  const { lines, outcomes } = await finish(kb.add(folder.path));
  expect(lines).toEqual([
    'added a.zip!/in.zip!/in.zip!/level3.md',
    'added a.zip!/in.zip!/level2.md',
    'added a.zip!/level1.md',
    'failed a.zip!/in.zip!/in.zip!/in.zip',
  ]);
  expect(outcomes.find(({ status }) => status === 'failed')?.reason?.message).toMatch(/deeper/);
  expect(await sync(kb)).toEqual(lines.map((line) => line.replace('added', 'unchanged')).sort());
});

test('an archive in a mailbox in an archive is read, and what changes in it is all that is read again', async () => {
  const box = (text: string) =>
    mail({ name: 'in.zip', type: 'application/zip', text: 'x' }).replace(
      /eA==/,
      Buffer.from(zip({ 'a.md': text, 'b.md': 'same' })).toString('base64'),
    );
  const folder = temporaryFolder({
    'all.tar': await packTar([
      { header: { name: 'mail/plans.eml', size: Buffer.byteLength(box('one')) }, body: box('one') },
    ]),
  });
  const kb = await openTemporary();
  expect((await finish(kb.add(folder.path))).lines).toEqual([
    'added all.tar!/mail/plans.eml',
    'added all.tar!/mail/plans.eml!/in.zip!/a.md',
    'added all.tar!/mail/plans.eml!/in.zip!/b.md',
  ]);
  folder.write({
    'all.tar': await packTar([
      { header: { name: 'mail/plans.eml', size: Buffer.byteLength(box('two')) }, body: box('two') },
    ]),
  });
  expect(await sync(kb)).toEqual([
    'unchanged all.tar!/mail/plans.eml!/in.zip!/b.md',
    'updated all.tar!/mail/plans.eml',
    'updated all.tar!/mail/plans.eml!/in.zip!/a.md',
  ]);
});

test('globs and ignore files of a folder hold in its archives', async () => {
  const folder = temporaryFolder({
    '.ragignore': 'drafts/\n*.tmp.md\n',
    'sub/a.zip': zip({
      'x.md': 'one',
      'x.txt': 'two',
      'drafts/y.md': 'three',
      'z.tmp.md': 'four',
      'private/p.md': 'five',
      'node_modules/m.md': 'six',
      '.hidden.md': 'seven',
    }),
  });
  const kb = await openTemporary();
  const { lines } = await finish(kb.add(folder.path, { include: ['*.md'], exclude: ['private/'] }));
  expect(lines).toEqual(['added sub/a.zip!/x.md']);
});

test('members of one name are told apart, and names that lead out are names only', async () => {
  const folder = temporaryFolder({
    'a.zip': writeZip([
      { name: 'x.md', data: 'one' },
      { name: 'x.md', data: 'two' },
      { name: '../../etc/passwd.md', data: 'three' },
      { name: '/root/abs.md', data: 'four' },
      { name: 'C:\\win\\w.md', data: 'five' },
    ]),
  });
  const kb = await openTemporary();
  await finish(kb.add(folder.path));
  expect(paths(kb)).toEqual([
    'a.zip!/etc/passwd.md',
    'a.zip!/root/abs.md',
    'a.zip!/win/w.md',
    'a.zip!/x (2).md',
    'a.zip!/x.md',
  ]);
  expect(readdirSync(folder.path)).toEqual(['a.zip']);
});

test('an archive of which nothing can be read says why', async () => {
  const folder = temporaryFolder({
    'secret.zip': writeZip([{ name: 'x.md', data: 'hidden', encrypted: true }]),
    'pictures.zip': zip({ 'a.png': 'x', 'b.jpg': 'y' }),
    'empty.zip': zip({}),
    'cut.zip': zip({ 'x.md': 'text '.repeat(100) }).slice(0, -40),
    'cut.tgz': gzipSync(await tar({ 'x.md': 'text', 'y.md': 'more '.repeat(20_000) })).slice(0, -60),
  });
  const kb = await openTemporary();
  const { outcomes } = await finish(kb.add(folder.path));
  const of = (path: string) => outcomes.find((outcome) => outcome.path === path);
  expect(of('secret.zip')).toMatchObject({ status: 'failed', reason: { code: 'PARSE_ENCRYPTED' } });
  expect(of('pictures.zip')).toMatchObject({
    status: 'skipped',
    reason: { message: 'It holds no documents, only 2 other files.' },
  });
  expect(of('empty.zip')).toMatchObject({ status: 'failed', reason: { message: 'It holds no documents.' } });
  expect(of('cut.zip')).toMatchObject({ status: 'failed', reason: { code: 'PARSE_FAILED' } });
  expect(of('cut.tgz')).toMatchObject({ status: 'failed' });
  expect(of('cut.tgz!/x.md')).toMatchObject({ status: 'added' });
  const before = outcomes.filter(({ status }) => status === 'failed').length;
  expect((await finish(kb.sync())).report.counts.failed).toBe(before);
  expect(spools()).toEqual([]);
});

test('with containers off an archive is left out and says so', async () => {
  const folder = temporaryFolder({ 'a.zip': zip({ 'x.md': 'one' }) });
  const kb = await openTemporary({
    settings: { ...defaultSettings, source: { ...defaultSettings.source, containers: false } },
  });
  const { outcomes } = await finish(kb.add(folder.path));
  expect(outcomes).toMatchObject([
    { path: 'a.zip', status: 'skipped', reason: { message: expect.stringContaining('zip archive') } },
  ]);
});

test('an archive added by itself, or from standard input, is taken apart; removing it removes what it held', async () => {
  const folder = temporaryFolder({
    'a.zip': zip({ 'x.md': 'one', 'y.md': 'two' }),
    'sub/b.zip': zip({ 'z.md': 'three' }),
  });
  const kb = await openTemporary();
  await finish(kb.add(`${folder.path}/a.zip`));
  await finish(kb.addBytes(zip({ 's.md': 'stdin' }), { title: 'piped' }));
  expect(paths(kb)).toEqual(['a.zip!/x.md', 'a.zip!/y.md', 'piped!/s.md']);
  kb.remove('a.zip!/x.md');
  expect(paths(kb)).toEqual(['a.zip!/y.md', 'piped!/s.md']);
  expect(await sync(kb)).toEqual(['added a.zip!/x.md', 'unchanged a.zip!/y.md']);
  kb.remove(`${folder.path}/a.zip`);
  await finish(kb.add(folder.path));
  expect(paths(kb)).toEqual(['a.zip!/x.md', 'a.zip!/y.md', 'piped!/s.md', 'sub/b.zip!/z.md']);
  kb.remove('sub/b.zip');
  expect(paths(kb)).toEqual(['a.zip!/x.md', 'a.zip!/y.md', 'piped!/s.md']);
});

test('a dry run tells what is in an archive and keeps nothing', async () => {
  const folder = temporaryFolder({ 'a.zip': zip({ 'x.md': 'one' }) });
  const kb = await openTemporary();
  const { lines } = await finish(kb.add(folder.path, { dryRun: true }));
  expect(lines).toEqual(['added a.zip!/x.md']);
  expect(kb.status().documents).toBe(0);
});

test('an answer from an archive says when the archive has changed, and nothing while it has not', async () => {
  const files = (year: number) =>
    zip({ 'pump.md': `# Pumps\n\nThe pump was bought in ${year} and stands in the cellar.\n` });
  const folder = temporaryFolder({ 'a.zip': files(2019) });
  const kb = await openTemporary();
  await finish(kb.add(folder.path));
  const answer = async () => {
    for await (const event of kb.ask('When was the pump bought?')) if (event.type === 'answer-end') return event.answer;
    throw new Error('no answer came');
  };
  expect((await answer()).warnings).toEqual([]);
  folder.write({ 'a.zip': files(2024) });
  expect((await answer()).warnings).toEqual([
    expect.stringContaining('a.zip!/pump.md, which the answer cites, has changed'),
  ]);
  folder.remove('a.zip');
  expect((await answer()).warnings).toEqual([expect.stringContaining('no longer where it was read from')]);
});

test('an archive behind a URL is taken apart, and read again only when its bytes change', async () => {
  let body = zip({ 'x.md': 'one', 'y.md': 'two' });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/zip').end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/a.zip`;
  try {
    const kb = await openTemporary();
    expect((await finish(kb.add(url, { allowPrivate: true }))).lines).toEqual([
      `added ${url}!/x.md`,
      `added ${url}!/y.md`,
    ]);
    expect(await sync(kb)).toEqual([`unchanged ${url}!/x.md`, `unchanged ${url}!/y.md`]);
    body = zip({ 'x.md': 'one', 'y.md': 'three' });
    expect(await sync(kb)).toEqual([`unchanged ${url}!/x.md`, `updated ${url}!/y.md`]);
    kb.remove(url);
    expect(kb.status().documents).toBe(0);
  } finally {
    server.close();
  }
});

test('personal data in what an archive, a mailbox or a mail holds is taken out before it is stored', async () => {
  const folder = temporaryFolder({
    'a.zip': zip({ 'x.md': 'Write to grace.hopper@navy.example.org now.' }),
    'in.mbox': message('Ask grace.hopper@navy.example.org', 'Or grace.hopper@navy.example.org himself.'),
    'm.eml': mail({ name: 'n.md', type: 'text/markdown', text: 'Also grace.hopper@navy.example.org here.' }),
  });
  const place = temporaryFolder();
  const kb = await openTemporary({ path: `${place.path}/rag.db` });
  const { report } = await finish(kb.add(folder.path, { pii: 'redact' }));
  expect(report.counts.added).toBe(4);
  kb.close();
  const files = readdirSync(place.path).map((name) => readFileSync(`${place.path}/${name}`, 'latin1'));
  expect(files.join('')).toContain('in.mbox!/message-');
  expect(files.join('')).not.toMatch(/grace\.?-?hopper/i);
});
