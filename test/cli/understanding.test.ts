import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Home, isBuilt, runRag } from './run-rag.ts';

describe.skipIf(!isBuilt)('what is known of documents (run `npm run build` first)', () => {
  let home: Home;
  const rag = (...line: string[]) => runRag(line, home);

  beforeAll(async () => {
    home = { folder: realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-understanding-'))) };
    const notes = join(home.folder, 'notes');
    mkdirSync(notes);
    const policy =
      'This policy applies to all employees of the company, and it is in force for the whole of the year in every office.\n';
    writeFileSync(join(notes, 'travel-policy.md'), `---\nexpires: 2020-01-31\n---\n${policy}`);
    writeFileSync(join(notes, 'copy.md'), policy);
    writeFileSync(join(notes, 'copy-2.md'), policy);
    writeFileSync(
      join(notes, 'rechnung.txt'),
      'Rechnungsnummer 4711, Rechnungsdatum 1.3.2026: der Betrag ist für die Lieferung und wird in der nächsten Woche fällig.\n',
    );
    writeFileSync(join(notes, 'broken.txt'), `${'\ue001\ue002\ue003'.repeat(30)} ${policy}`);
    expect((await rag('add', 'notes')).code).toBe(0);
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test('documents are listed by language, kind and warnings', async () => {
    expect((await rag('ls', '--lang', 'de', '--kind', 'invoice', '-o', 'files')).stdout).toMatch(/rechnung\.txt\n$/);
    const warned = await rag('ls', '--warnings');
    expect(warned.stdout).toMatch(/^broken\.txt\n {2}garbled: \d+% of its characters/);
    const none = await rag('ls', '--kind', 'cv');
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('No document is of the kind "cv".');
  });
  test('facts say what is known of one document, and what has expired', async () => {
    const { stdout } = await rag('facts', 'travel-policy.md');
    expect(stdout).toMatch(/^kind {7}policy \(/m);
    expect(stdout).toMatch(/^applies {4}until 2020-01-31: no longer$/m);
    expect((await rag('facts', '--expired')).stdout).toBe('2020-01-31  travel-policy.md\n');
    const json = JSON.parse((await rag('facts', 'rechnung.txt', '--json')).stdout);
    expect(json).toMatchObject({ schema: 'rag.facts/1', data: { language: 'de', kind: 'invoice', expired: false } });
    expect((await rag('facts')).code).toBe(2);
    expect((await rag('facts', 'nothing.md')).code).toBe(1);
  });
  test('duplicates are grouped, and none is removed', async () => {
    const { data } = JSON.parse((await rag('duplicates', 'copy*', '--json')).stdout);
    expect(data.groups).toHaveLength(1);
    expect(data.groups[0].documents.map(({ likeness }: { likeness: string }) => likeness)).toEqual(['bytes', 'bytes']);
    expect((await rag('duplicates', '--threshold', '0.1')).code).toBe(2);
    const text = await rag('duplicates');
    expect(text.stderr).toContain('Nothing was removed.');
  });
  test('tags are given, counted and suggested only where there is something to learn from', async () => {
    expect((await rag('tag', 'add', 'rechnung.txt', 'money')).code).toBe(0);
    expect(JSON.parse((await rag('tag', 'ls', '--json')).stdout).data.tags).toEqual([{ tag: 'money', documents: 1 }]);
    const suggested = await rag('tag', 'suggest');
    expect(suggested.code).toBe(1);
    expect(suggested.stderr).toContain('Nothing to learn from');
  });
});
