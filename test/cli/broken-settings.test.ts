import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runInProcess } from './run-in-process.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-broken-')));
  mkdirSync(join(folder, 'ragstone'));
  file = join(folder, 'ragstone', 'config.toml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rag = (text: string, ...argv: string[]) => {
  writeFileSync(file, text);
  return runInProcess(argv, { workingFolder: folder, environment: { XDG_CONFIG_HOME: folder } });
};
const WRONG = '[search]\n  limit = "many"\n';
const NO_TOML = '[search]\nlimit = = 3\n';

test('other commands refuse to run with settings that are not what was meant', async () => {
  const { code, stderr } = await rag(WRONG, 'search', 'pump');
  expect(code).toBe(2);
  expect(stderr).toContain(`${file}:2:3: search.limit must be a whole number, not "many".`);
  expect(stderr).toContain('rag config set search.limit <value>');
});

test.each([
  ['doctor --json', 3],
  ['init', 0],
  ['config list', 0],
  ['config get search.limit', 0],
  ['config path', 0],
] as const)('%s runs, and says what is wrong', async (line, status) => {
  for (const text of [WRONG, NO_TOML]) {
    const { code, stdout, stderr } = await rag(text, ...line.split(' '));
    expect(code).toBe(status);
    if (line !== 'config path') expect(stdout + stderr).toMatch(/config\.toml:2:\d+: /);
  }
});

test('doctor lists it as a check that failed, with what to do, beside the others', async () => {
  const { stdout } = await rag(WRONG, 'doctor');
  expect(stdout).toMatch(/failed\s+settings[\s\S]*search\.limit/);
  expect(stdout).toContain('rag config set');
});

test('config set and unset mend it', async () => {
  expect(await rag(WRONG, 'config', 'set', 'search.limit', '5')).toMatchObject({ code: 0, stderr: '' });
  expect(readFileSync(file, 'utf8')).toBe('[search]\n  limit = 5\n');
  expect((await rag(WRONG, 'config', 'unset', 'search.limit')).code).toBe(0);
  expect((await rag(NO_TOML, 'config', 'set', 'search.limit', '5')).code).toBe(0);
});

test('config set of another setting keeps what is wrong, and warns of it', async () => {
  const { code, stderr } = await rag(WRONG, 'config', 'set', 'search.mode', 'lexical');
  expect([code, stderr]).toEqual([0, expect.stringContaining('warning: ')]);
  expect(readFileSync(file, 'utf8')).toContain('mode = "lexical"');
});
