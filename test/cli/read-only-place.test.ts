import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finished, type Home, isBuilt, runRag, startRag } from './run-rag.ts';

/** Nothing is protected from root, so root runs the program as somebody else. */
const NOBODY = 65534;
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

describe.skipIf(!isBuilt || process.platform === 'win32')('a database where nothing can be written', () => {
  let home: Home;
  let place: string;
  const rag = (...argv: string[]) => finished(startRag([...argv, '--db', join(place, 'rag.db')], home, asNobody));

  beforeAll(async () => {
    home = { folder: realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-readonly-'))) };
    place = join(home.folder, 'media');
    mkdirSync(place);
    writeFileSync(join(home.folder, 'pump.md'), '# Pump\n\nThe pump stands in the cellar.\n');
    const added = await runRag(['add', 'pump.md', '--db', join(place, 'rag.db')], home);
    expect(added.code).toBe(0);
    for (const name of readdirSync(place)) chmodSync(join(place, name), 0o444);
    chmodSync(place, 0o555);
    if (asNobody.uid) for (const path of [home.folder, place]) chownSync(path, NOBODY, NOBODY);
  });
  afterAll(() => {
    chmodSync(place, 0o755);
    rmSync(home.folder, { recursive: true, force: true });
  });

  test('search, ask, ls, get and status work, and leave the place as it was', async () => {
    const search = await rag('search', 'pump cellar');
    expect(search).toMatchObject({ code: 0, stdout: expect.stringContaining('pump.md:3'), stderr: '' });
    expect(await rag('ask', 'Where is the pump?', '-m', 'none')).toMatchObject({ code: 0, stderr: '' });
    expect(await rag('ls')).toMatchObject({ code: 0, stderr: '' });
    expect(await rag('get', 'pump.md')).toMatchObject({ code: 0, stderr: '' });
    expect(await rag('status')).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(place)).toEqual(['rag.db']);
  });

  test('what would write says that it cannot, and what to do', async () => {
    const { code, stderr } = await rag('add', 'pump.md');
    expect(code).toBe(3);
    expect(stderr).toContain('cannot be written');
    expect(stderr).toContain('--db');
  });
});
