import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isBuilt, runRag } from './run-rag.ts';

describe.skipIf(!isBuilt)('names of one entity, from the command line', () => {
  const home = { folder: mkdtempSync(join(tmpdir(), 'rag-names-')) };
  const rag = (...argv: string[]) => runRag([...argv, '-d', join(home.folder, 'rag.db')], home);
  beforeAll(async () => {
    const note = join(home.folder, 'note.md');
    writeFileSync(note, 'The Data Protection Officer (DPO) called.\n\nLater Privacy Desk staff came.\n');
    expect((await rag('add', note, '-q')).code).toBe(0);
  });
  afterAll(() => rmSync(home.folder, { recursive: true }));

  test('merge, aliases and unmerge say in text and JSON what they did', async () => {
    const merged = await rag('graph', 'merge', 'Data Protection Officer', 'Privacy Desk', '--reason', 'same people');
    expect([merged.code, merged.stderr]).toEqual([0, '']);
    expect(merged.stdout).toContain('Privacy Desk → Data Protection Officer');
    const log = JSON.parse((await rag('graph', 'aliases', 'dpo', '--json')).stdout);
    expect(log).toMatchObject({ schema: 'rag.graph-aliases/1', data: { entity: { name: 'Data Protection Officer' } } });
    expect(log.data.aliases.map(({ name, reason }: Record<string, string>) => [name, reason]).sort()).toEqual([
      ['DPO', 'abbreviation'],
      ['Privacy Desk', 'by hand'],
    ]);
    const parted = await rag('graph', 'unmerge', 'Privacy Desk', '--json');
    expect(JSON.parse(parted.stdout)).toMatchObject({
      schema: 'rag.graph-unmerge/1',
      data: { entity: { passages: 1 } },
    });
    const again = await rag('graph', 'unmerge', 'Privacy Desk');
    expect([again.code, again.stdout]).toEqual([1, '']);
    expect(again.stderr).toContain('nothing was changed');
    expect((await rag('graph', 'aliases')).stdout).toContain('Privacy Desk ≠ Data Protection Officer');
  });

  test('a name that no document says is refused', async () => {
    const { code, stdout, stderr } = await rag('graph', 'merge', 'DPO', 'Gandalf');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('No document names an entity "Gandalf".');
  });
});
