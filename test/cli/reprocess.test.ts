import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeMarkdownFolder } from '../bench/shared/markdown-folder.ts';
import { type Home, isBuilt, runRag, startRag } from './run-rag.ts';

describe.skipIf(!isBuilt)('rag reprocess (run `npm run build` first)', () => {
  let home: Home;
  const rag = (...line: string[]) => runRag(line, home);
  const counts = async (): Promise<Map<string, number>> => {
    const { data } = JSON.parse((await rag('ls', '--json', '-n', '100000')).stdout);
    return new Map(data.documents.map(({ path, chunks }: { path: string; chunks: number }) => [path, chunks]));
  };

  beforeAll(async () => {
    home = { folder: realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-reprocess-'))) };
    writeMarkdownFolder(join(home.folder, 'notes'), 400, 7);
    expect((await rag('add', 'notes')).code).toBe(0);
  });
  afterAll(() => rmSync(home.folder, { recursive: true, force: true }));

  test('a dry run lists what would change and by how much', async () => {
    const dry = await rag('reprocess', '000/note-0000*', '--chunk-size', '60', '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/^changed {3}000\/note-00000\.md: \d+ passages? -> \d+, \d+ of them as before$/m);
    expect(dry.stdout).toMatch(/^Dry run, nothing was changed: \d+ changed/m);
    const json = JSON.parse((await rag('reprocess', '--chunk-size', '60', '--dry-run', '--json')).stdout);
    expect(json).toMatchObject({ schema: 'rag.reprocess/1', data: { dryRun: true, counts: { failed: 0 } } });
  });

  test('killed, each document is whole in its old or its new form, and the same command does the rest', async () => {
    const before = await counts();
    const line = ['reprocess', '--chunk-size', '60', '--overlap', '10', '-o', 'jsonl'];
    const child = startRag(line, home);
    const ended = new Promise((resolve) => child.on('close', resolve));
    child.stdout?.once('data', () => child.kill('SIGKILL'));
    await ended;
    const between = await counts();
    expect((await rag('verify')).code).toBe(0);
    const rest = await rag(...line.slice(0, -2));
    expect([rest.code, rest.stderr]).toEqual([0, '']);
    const after = await counts();
    const changed = [...before].filter(([path, chunks]) => after.get(path) !== chunks);
    expect(changed.length).toBeGreaterThan(300);
    for (const [path, chunks] of between) expect([before.get(path), after.get(path)]).toContain(chunks);
    expect((await rag('verify')).code).toBe(0);
    expect((await rag('reprocess')).stdout).toMatch(/^400 unchanged/);
  });

  test('what cannot be is refused', async () => {
    expect(await rag('reprocess', '--chunk-size', '5')).toMatchObject({ code: 2 });
    expect(await rag('reprocess', '--parser', 'nothing')).toMatchObject({ code: 2 });
    expect(await rag('reprocess', 'no/such/*')).toMatchObject({ code: 1 });
  });
});
