import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Loader } from '../../../../src/config/loader-settings.ts';
import { defaultSettings } from '../../../../src/config/settings.ts';
import type { Settings } from '../../../../src/config/types.ts';
import { drawPicture, scannedPdf } from '../../../support/draw-picture.ts';
import { finish, openTemporary, temporaryFolder } from '../../temporary-knowledge-base.ts';

const hasTesseract = spawnSync('tesseract', ['--version']).status === 0;

const LETTER = ['Quarterly heliotrope report', 'The green pump in hall seven needs a new valve.'];
const SECOND = ['Page two of the letter', 'Bicycles are stored in the northern cellar.'];

const withOcr = (ocr: Partial<Settings['ocr']> = {}): Settings => ({
  ...defaultSettings,
  ocr: { ...defaultSettings.ocr, ...ocr },
});

async function added(files: Readonly<Record<string, string | Uint8Array>>, settings: Settings, ocr = true) {
  const folder = temporaryFolder(files);
  const knowledgeBase = await openTemporary({ settings });
  const { outcomes, report } = await finish(knowledgeBase.add(folder.path, { ocr }));
  return { folder, knowledgeBase, outcomes, report };
}

/** A program in the place of Tesseract. */
function program(source: string): string {
  const folder = temporaryFolder({ 'program.mjs': `#!${process.execPath}\n${source}` });
  const path = join(folder.path, 'program.mjs');
  chmodSync(path, 0o755);
  return path;
}

describe.skipIf(!hasTesseract)('with Tesseract', () => {
  test('pictures and scanned pages are read, cited by their page, and said to be recognised', async () => {
    const files = { 'a.png': drawPicture(LETTER), 'scan.pdf': scannedPdf([LETTER, SECOND]) };
    const { knowledgeBase, outcomes } = await added(files, withOcr());
    expect(outcomes.map(({ path, status }) => `${status} ${path}`).sort()).toEqual(['added a.png', 'added scan.pdf']);
    for (const { warnings } of outcomes)
      expect(warnings?.join(' ')).toMatch(/recognised from pictures \(confidence [6-9]\d of 100\)/);
    expect(knowledgeBase.get('a.png').text).toContain('green pump in hall seven');
    const pages = knowledgeBase
      .get('scan.pdf')
      .document.sections.map((section) => section.kind === 'page' && section.page);
    expect(pages).toEqual([1, 2]);
    expect((await knowledgeBase.search('bicycles cellar')).hits[0]?.document.type).toBe('pdf');
  });

  test('they are not read again as long as they stay as they are', async () => {
    const { knowledgeBase } = await added({ 'a.png': drawPicture(LETTER) }, withOcr());
    expect((await finish(knowledgeBase.sync())).lines).toEqual(['unchanged a.png']);
  });
});

test('without --ocr pictures are left out and a scanned PDF says what would read it', async () => {
  const { outcomes } = await added(
    { 'a.png': drawPicture(LETTER), 'scan.pdf': scannedPdf([LETTER]) },
    withOcr(),
    false,
  );
  const by = new Map(outcomes.map((outcome) => [outcome.path, outcome]));
  expect(by.get('a.png')?.status).toBe('skipped');
  expect(by.get('scan.pdf')).toMatchObject({
    status: 'failed',
    reason: { code: 'PARSE_NO_TEXT', hint: expect.stringContaining('--ocr') },
  });
});

test('where Tesseract is not installed the outcome says how to get it', async () => {
  const { outcomes } = await added({ 'a.png': drawPicture(LETTER) }, withOcr({ command: 'no-such-tesseract' }));
  expect(outcomes[0]).toMatchObject({
    status: 'failed',
    reason: { code: 'PROGRAM_MISSING', hint: expect.stringContaining('apt install tesseract-ocr') },
  });
});

test('a recogniser that never ends, fails, or prints nonsense is an outcome, and the run goes on', async () => {
  const files = { 'a.png': drawPicture(LETTER), 'b.md': '# Pumps\n\nThe pump is green.\n' };
  const endless = await added(files, withOcr({ command: program('setInterval(() => {}, 1000)'), pageTimeoutMs: 400 }));
  const failing = await added(files, withOcr({ command: program('console.error("no leptonica"); process.exit(3)') }));
  const nonsense = await added(files, withOcr({ command: program('process.stdout.write("\\u0000x".repeat(99999))') }));
  const reasons = [endless, failing, nonsense].map(
    ({ outcomes }) => outcomes.find(({ path }) => path === 'a.png')?.reason?.code,
  );
  expect(reasons).toEqual(['PARSE_TIMEOUT', 'PARSE_FAILED', 'PARSE_NO_TEXT']);
  for (const { report } of [endless, failing, nonsense]) expect(report.counts).toMatchObject({ added: 1, failed: 1 });
});

test('what claims to be a picture and is none does not reach the recogniser', async () => {
  const reached = program('process.stdout.write("5\\t1\\t1\\t1\\t1\\t1\\t0\\t0\\t1\\t1\\t99\\treached")');
  const bomb = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(500, 0xff)]);
  const { outcomes, knowledgeBase } = await added({ 'bomb.png': bomb }, withOcr({ command: reached }));
  expect(outcomes[0]?.status).toBe('failed');
  expect(knowledgeBase.list()).toEqual([]);
});

describe('loaders', () => {
  const withLoader = (loader: Partial<Loader>): Settings => ({
    ...defaultSettings,
    loaders: [{ extensions: ['djvu'], command: ['cat', '{file}'], output: 'md', timeoutMs: 20_000, ...loader }],
  });

  test('a file of a format that nothing else reads is what its program prints', async () => {
    const { knowledgeBase, folder } = await added(
      { 'old.djvu': '# Walruses\n\nThey live in the north.\n' },
      withLoader({}),
      false,
    );
    const [hit] = (await knowledgeBase.search('walruses')).hits;
    expect(hit?.document.title).toBe('Walruses');
    expect((await finish(knowledgeBase.sync())).lines).toEqual(['unchanged old.djvu']);
    folder.write({ 'old.djvu': '# Seals\n\nThey live in the south.\n' });
    expect((await finish(knowledgeBase.sync())).lines).toEqual(['updated old.djvu']);
  });

  test('no shell sees the name of the file', async () => {
    const { outcomes, folder, knowledgeBase } = await added(
      { '$(touch pwned);`id`.djvu': 'Plain text of a file.\n' },
      withLoader({}),
      false,
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['added']);
    expect(knowledgeBase.list()).toHaveLength(1);
    expect(spawnSync('ls', [folder.path]).stdout.toString()).not.toContain('pwned\n');
  });

  test('a name with signs that stand for something in a replacement is given as it is', async () => {
    const name = "a$$b$&c$'d.djvu";
    const { outcomes } = await added({ [name]: 'Plain text of a file.\n' }, withLoader({}), false);
    expect(outcomes).toMatchObject([{ path: name, status: 'added' }]);
  });

  test.each([
    ['one that is not there', { command: ['no-such-loader', '{file}'] }, 'PROGRAM_MISSING', /cannot be started/],
    [
      'one that fails',
      { command: ['ls', '--no-such-option', '{file}'] },
      'PARSE_FAILED',
      /ended with status \d+: .*option/,
    ],
    [
      'one that never ends',
      { command: ['tail', '-f', '{file}'], timeoutMs: 400 },
      'PARSE_TIMEOUT',
      /longer than 400 ms/,
    ],
    ['one that prints nothing', { command: ['test', '-f', '{file}'] }, 'PARSE_NO_TEXT', /printed nothing/],
  ])('%s is an outcome with its reason', async (_, loader, code, message) => {
    const { outcomes } = await added({ 'old.djvu': 'text' }, withLoader(loader), false);
    expect(outcomes[0]).toMatchObject({ status: 'failed', reason: { code, message: expect.stringMatching(message) } });
  });

  test('what prints without end is stopped at the size of a file', async () => {
    const settings = withLoader({ command: ['yes', '{file}'] });
    const small = { ...settings, source: { ...settings.source, maxFileBytes: 100_000 } };
    const { outcomes } = await added(
      { 'old.djvu': 'text' },
      { ...small, loaders: [{ ...small.loaders[0]!, timeoutMs: 1500 }] },
      false,
    );
    expect(['PARSE_TOO_LARGE', 'PARSE_TIMEOUT']).toContain(outcomes[0]?.reason?.code);
  });
});
