import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeZip } from '../parse/write-zip.ts';
import { type Home, isBuilt, runRag } from './run-rag.ts';

describe.skipIf(!isBuilt)('archives, by the built program', () => {
  let home: Home;
  const rag = (...argv: string[]) => runRag(argv, home);

  beforeAll(async () => {
    home = { folder: realpathSync(mkdtempSync(join(tmpdir(), 'rag-containers-'))) };
    const text = '# Herons\n\nThe heron stands in the river.\n\nIt waits.\n';
    writeFileSync(
      join(home.folder, 'a.zip'),
      writeZip([
        { name: 'docs/h.md', data: text },
        { name: 'p.png', data: 'x' },
      ]),
    );
    writeFileSync(join(home.folder, 'b.7z'), '7z');
    await rag('init');
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test('what an archive holds is added, found, shown by line, listed and removed with it', async () => {
    const added = await rag('add', '.', '--json');
    expect(added.code).toBe(0);
    expect(added.stdout).toContain('a.zip!/docs/h.md');
    expect((await rag('search', 'heron')).stdout).toContain('a.zip!/docs/h.md:');
    expect((await rag('search', 'heron', '--path', 'a.zip')).code).toBe(0);
    expect((await rag('get', 'a.zip!/docs/h.md:3-5')).stdout.trim()).toBe(
      'The heron stands in the river.\n\nIt waits.',
    );
    expect((await rag('ls')).stdout).toContain('a.zip!/docs/h.md');
    expect((await rag('rm', 'a.zip', '--yes')).code).toBe(0);
    expect((await rag('search', 'heron')).code).toBe(1);
  });
});
