import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { AddOptions } from '../../../src/app/types.ts';
import { defaultValues, groupSettings } from '../../../src/config/settings.ts';
import { PII_KINDS } from '../../../src/domain/pii-kinds.ts';
import { DETECTORS } from '../../../src/privacy/detectors.ts';
import { finish, openTemporary, temporaryFolder } from '../temporary-knowledge-base.ts';

const settings = groupSettings({ ...defaultValues, 'privacy.key': 'a key that only tests have' });
const open = (path?: string) => openTemporary({ settings, ...(path && { path }) });
const noteOf = (value: string): string =>
  `---\ntitle: About ${value}\nowner: ${value}\n---\n# Reach ${value}\n\nWrite to ${value} soon.\n\n## Then\n\nDone by ${value}.\n`;

/** Whether any file of the database holds the text, in any case. */
const holds = (path: string, text: string): boolean =>
  readdirSync(dirname(path)).some((name) =>
    readFileSync(join(dirname(path), name))
      .toString('latin1')
      .toLowerCase()
      .includes(text.toLowerCase()),
  );

test('the kinds that settings may name are those that detectors find', () => {
  expect(new Set(DETECTORS.map(({ kind }) => kind))).toEqual(new Set(PII_KINDS));
});

test('what is taken out stands nowhere: not in text, title, headings, properties, words or the bytes of the file', async () => {
  const folder = temporaryFolder({ 'a.md': noteOf('quillfeather@secretdomain.example') });
  const base = await open();
  await finish(base.add(folder.path, { pii: 'redact' }));
  const { document } = base.get('a.md');
  expect(document.text).toBe('# Reach [email]\n\nWrite to [email] soon.\n\n## Then\n\nDone by [email].\n');
  expect(document.source.title).toBe('About [email]');
  expect(document.metadata).toMatchObject({ owner: '[email]' });
  expect(document.sections.map((section) => section.kind === 'heading' && section.title)).toEqual([
    'Reach [email]',
    'Then',
  ]);
  expect(document.firstLine).toBe(5);
  expect((await base.search('quillfeather')).hits).toEqual([]);
  const { path } = base;
  base.close();
  expect(holds(path, 'quillfeather')).toBe(false);
  expect(holds(path, 'secretdomain')).toBe(false);
});

test('lines of a treated document are the lines of its file', async () => {
  const folder = temporaryFolder({ 'a.txt': 'one\ncard 4111 1111\n1111 1111 here\nfour searchable\n' });
  const base = await open();
  await finish(base.add(folder.path, { pii: 'redact' }));
  expect(base.get('a.txt:4').text).toBe('four searchable');
  expect(base.get('a.txt:2').text).toBe('card [card]');
});

test('the same value has the same pseudonym in every document, and nobody has the key but its owner', async () => {
  const folder = temporaryFolder({
    'a.txt': 'ask jane@example.com',
    'b.txt': 'tell JANE@example.com and joe@example.com',
  });
  const base = await open();
  await finish(base.add(folder.path, { pii: 'pseudonymize' }));
  const [of] = base.get('a.txt').text.match(/<email-[0-9a-f]{10}>/) ?? [];
  const [same, other] = base.get('b.txt').text.match(/<email-[0-9a-f]{10}>/g) ?? [];
  expect(of).toBeDefined();
  expect(same).toBe(of);
  expect(other).not.toBe(of);
  const { path } = base;
  base.close();
  expect(holds(path, 'a key that only tests have')).toBe(false);
});

test('another key gives other pseudonyms', async () => {
  const folder = temporaryFolder({ 'a.txt': 'ask jane@example.com' });
  const base = await open();
  const first = await finish(base.add(folder.path, { pii: 'pseudonymize' })).then(() => base.get('a.txt').text);
  base.close();
  const otherSettings = groupSettings({ ...defaultValues, 'privacy.key': 'another key of sixteen or more' });
  const again = await openTemporary({ settings: otherSettings, path: base.path });
  await finish(again.sync());
  expect(again.get('a.txt').text).not.toBe(first);
});

test('a report counts and leaves the text as it is', async () => {
  const folder = temporaryFolder({ 'a.txt': 'ask jane@example.com\nor joe@example.com', 'b.txt': 'nobody' });
  const base = await open();
  const { outcomes, report } = await finish(base.add(folder.path, { pii: 'report' }));
  expect(base.get('a.txt').text).toContain('jane@example.com');
  expect(report.pii).toEqual({ email: 2 });
  expect(outcomes.find(({ path }) => path === 'a.txt')?.pii).toEqual([{ kind: 'email', count: 2, lines: [1, 2] }]);
});

test('what is refused is not stored, and its reason names kinds and no value', async () => {
  const folder = temporaryFolder({ 'a.txt': 'ask jane@example.com', 'b.txt': 'nobody' });
  const base = await open();
  const { outcomes } = await finish(base.add(folder.path, { pii: 'refuse' }));
  expect(base.list().map(({ path }) => path)).toEqual(['b.txt']);
  const { reason } = outcomes.find(({ path }) => path === 'a.txt') ?? {};
  expect(reason?.code).toBe('PRIVACY_REFUSED');
  expect(reason?.message).toBe('It holds personal data or secrets: 1 email.');
});

test('a treatment that is given later reaches documents that did not change, and what they left is overwritten', async () => {
  const folder = temporaryFolder({ 'a.md': noteOf('quillfeather@secretdomain.example') });
  const base = await open();
  await finish(base.add(folder.path));
  await base.search('quillfeather', { log: true });
  await finish(base.add(folder.path, { pii: 'redact' }));
  expect(base.get('a.md').text).toContain('[email]');
  const { path } = base;
  base.close();
  expect(holds(path, 'quillfeather')).toBe(false);
});

test('a sync treats as the source was added, and adding it again without a word does not undo that', async () => {
  const folder = temporaryFolder({ 'a.txt': 'ask jane@example.com' });
  const base = await open();
  const add = (options: AddOptions = {}) => finish(base.add(folder.path, options));
  await add({ pii: 'redact' });
  folder.write({ 'b.txt': 'ask joe@example.com' });
  await finish(base.sync());
  expect(base.get('b.txt').text).toBe('ask [email]');
  await add();
  expect(base.get('a.txt').text).toBe('ask [email]');
  await add({ pii: 'off' });
  expect(base.get('a.txt').text).toBe('ask jane@example.com');
});

test('without a change nothing is read again', async () => {
  const folder = temporaryFolder({ 'a.txt': 'ask jane@example.com' });
  const base = await open();
  await finish(base.add(folder.path, { pii: 'redact' }));
  const { report } = await finish(base.sync());
  expect(report.counts).toMatchObject({ unchanged: 1, updated: 0 });
});

test('the hash of a treated file is not that of its bytes', async () => {
  const folder = temporaryFolder({ 'a.txt': 'ask jane@example.com' });
  const base = await open();
  await finish(base.add(folder.path));
  const plain = base.get('a.txt').document.contentHash;
  await finish(base.add(folder.path, { pii: 'redact' }));
  expect(base.get('a.txt').document.contentHash).not.toBe(plain);
});

test('a key is made once, for its owner only, beside the settings', async () => {
  const { pseudonymKey } = await import('../../../src/app/privacy/pseudonym-key.ts');
  const folder = temporaryFolder();
  const before = process.env.XDG_CONFIG_HOME;
  process.env.XDG_CONFIG_HOME = folder.path;
  try {
    const plain = groupSettings(defaultValues);
    const key = pseudonymKey(plain);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(pseudonymKey(plain)).toBe(key);
    if (process.platform !== 'win32')
      expect(statSync(join(folder.path, 'ragstone', 'privacy.key')).mode & 0o777).toBe(0o600);
  } finally {
    if (before === undefined) delete process.env.XDG_CONFIG_HOME;
    else process.env.XDG_CONFIG_HOME = before;
  }
});

test('a name of a file that holds an address is told, for it stays', async () => {
  const folder = temporaryFolder({ 'jane@example.com.txt': 'nobody' });
  const base = await open();
  const { outcomes } = await finish(base.add(folder.path, { pii: 'redact' }));
  expect(outcomes[0]?.warnings).toEqual([expect.stringContaining('The name of the file holds personal data')]);
});

test('a treatment that is given later leaves nothing raw of former versions, conversations, labels and copies', async () => {
  const folder = temporaryFolder({
    'a.md': noteOf('quillfeather@secretdomain.example'),
    'b.md': '# Badge\n\nNothing of anybody.\n',
  });
  const base = await open();
  await finish(base.add(folder.path));
  const history = await base.history();
  await history.createSnapshot('raw');
  folder.write({ 'a.md': `${noteOf('quillfeather@secretdomain.example')}\nEdited.\n` });
  await finish(base.sync());
  expect(history.figures().versions).toBe(1);
  const usage = await base.usage();
  usage.addFeedback('who is quillfeather@secretdomain.example', 'a.md');
  const chat = await base.chat({ save: true });
  for await (const _ of chat.ask('What is done by quillfeather@secretdomain.example?'));
  expect((await base.sessions()).list().length).toBe(1);

  await finish(base.add(folder.path, { pii: 'redact' }));
  expect(history.figures().versions).toBe(0);
  expect(usage.feedback()[0]?.question).toBe('who is [email]');
  const [session] = (await base.sessions()).list();
  expect(session?.turns).toBe(1);
  const { path } = base;
  base.close();
  expect(holds(path, 'quillfeather')).toBe(false);
  expect(holds(path, 'secretdomain')).toBe(false);
});

test('what comes again under a treatment leaves nothing of what it was before it was removed', async () => {
  const folder = temporaryFolder({ 'a.md': noteOf('quillfeather@secretdomain.example') });
  const base = await open();
  const history = await base.history();
  for (const pii of ['redact', 'refuse'] as const) {
    await finish(base.add(folder.path, { pii: 'report' }));
    base.remove(folder.path);
    expect(history.figures().versions).toBeGreaterThan(0);
    await finish(base.add(folder.path, { pii }));
    expect(history.figures().versions).toBe(0);
    base.remove(folder.path);
  }
});

test('a document that cannot be read again is told, and nothing counts as treated until it is gone', async () => {
  const folder = temporaryFolder({ 'a.txt': 'ask jane@example.com', 'b.txt': 'ask joe@example.com' });
  const base = await open();
  await finish(base.add(folder.path));
  folder.remove('a.txt');
  await finish(base.sync());
  const history = await base.history();
  await history.restore('a.txt', 1);
  const first = await finish(base.add(folder.path, { pii: 'redact' }));
  expect(first.report.sourceProblems.map(({ message }) => message)).toEqual([
    '1 document could not be read again, and stays with all that is to be taken out: a.txt.',
  ]);
  expect(base.get('b.txt').text).toBe('ask [email]');
  expect((await finish(base.sync())).report.sourceProblems).toHaveLength(1);
  base.remove('a.txt');
  expect((await finish(base.sync())).report.sourceProblems).toEqual([]);
  expect(history.figures().versions).toBe(0);
});

test('the log has no number that no document says where values are taken out of any, and searches have it', async () => {
  const folder = temporaryFolder({ 'a.txt': 'The SSN of Ann is 536-90-4399.\nThe invoice is number 4711081512.' });
  const base = await open();
  await finish(base.add(folder.path, { pii: 'redact' }));
  expect(base.get('a.txt').text).toContain('is [national-id].');
  await base.search('who has 536904399', { log: true, cache: true });
  await base.search('who has 536 90 4399 since 2024-05-01', { log: true });
  const found = await base.search('what is invoice 4711081512', { log: true });
  expect(found.query).toBe('what is invoice 4711081512');
  const asked = (await base.usage()).questions({ limit: 9 }).map(({ text }) => text);
  expect(asked).toEqual(['what is invoice 4711081512', 'who has [national-id] since 2024-05-01', 'who has […]']);
  const chat = await base.chat({ save: true });
  for await (const _ of chat.ask('And who has 536904399?'));
  const { path } = base;
  base.close();
  expect(holds(path, '536904399')).toBe(false);
});
