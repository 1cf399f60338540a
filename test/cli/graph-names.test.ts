import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOllamaServer } from '../servers/ollama.ts';
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

  test('extract asks the model once for each passage, tells what it cost, and needs a model', async () => {
    const triple = { from: 'Privacy Desk', relation: 'followed', to: 'Data Protection Officer' };
    const server = await startOllamaServer({ reply: [JSON.stringify({ relations: [triple] })] });
    const asking = { ...home, environment: { OLLAMA_HOST: server.origin } };
    const database = join(home.folder, 'rag.db');
    try {
      const run = () => runRag(['graph', 'extract', '-m', 'ollama/llama3.2', '-d', database], asking);
      const { code, stdout, stderr } = await run();
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^1 relation in 1 passage, by ollama\/llama3\.2\n1 call, \d+ tokens in, \d+ out\n$/);
      expect((await run()).stdout).toContain('0 relations in 0 passages');
      expect((await rag('graph', 'show', 'Privacy Desk')).stdout).toContain('— followed — Data Protection Officer');
    } finally {
      await server.close();
    }
    const without = await rag('graph', 'extract');
    expect(without.code).toBe(2);
    expect(without.stderr).toContain('--model ollama/');
  });

  test('a name that no document says is refused', async () => {
    const { code, stdout, stderr } = await rag('graph', 'merge', 'DPO', 'Gandalf');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('No document names an entity "Gandalf".');
  });
});
