import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type CommandOptions, runCommand } from '../../src/platform/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'rag-command-'));
afterEach(() => rmSync(join(folder, 'pid'), { force: true }));

const run = (script: string, more: Partial<CommandOptions> = {}) =>
  runCommand({
    argv: [process.execPath, '-e', script],
    cwd: folder,
    timeoutMs: 60_000,
    maxOutputBytes: 1000,
    ...more,
  });

const isThere = (pid: number): boolean => {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

test('tells its lines, its output and its status, and gives it no input', async () => {
  const lines: string[] = [];
  const end = await run(
    `process.stdin.on('data', () => {}).on('end', () => { console.log('a\\nb'); console.error('c'); process.exitCode = 3; })`,
    { onLine: (line, stream) => lines.push(`${stream} ${line}`) },
  );
  expect(end).toMatchObject({ status: 3, signal: null, timedOut: false, stdout: 'a\nb\n', isCut: false });
  expect(lines.sort()).toEqual(['stderr c', 'stdout a', 'stdout b']);
});

test('no shell sees its words', async () => {
  const lines: string[] = [];
  const words = ['$(id)', '; echo x', '`id`', '*', "'", '"', 'a b', '-e'];
  await runCommand({
    argv: [process.execPath, '-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...words],
    cwd: folder,
    timeoutMs: 60_000,
    maxOutputBytes: 1000,
    onLine: (line) => lines.push(line),
  });
  expect(JSON.parse(lines[0] ?? '')).toEqual(words);
});

test('of much output the end is kept', async () => {
  const end = await run(`process.stdout.write('x'.repeat(1e6) + 'end')`);
  expect(end.isCut).toBe(true);
  expect(end.stdout).toHaveLength(1000);
  expect(end.stdout.endsWith('end')).toBe(true);
});

test('what takes too long is ended, with what it started', async () => {
  const script = `const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    require('fs').writeFileSync('pid', String(child.pid)); console.log('begun'); setInterval(() => {}, 1000);`;
  const late = new AbortController();
  const end = await run(script, { signal: late.signal, onLine: () => late.abort() });
  expect(end).toMatchObject({ status: null, signal: 'SIGTERM' });
  expect(isThere(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(false);
  expect(await run('setInterval(() => {}, 1000)', { timeoutMs: 50 })).toMatchObject({ timedOut: true });
});

test.skipIf(process.platform === 'win32')('the memory of what it starts counts as its own', async () => {
  const hungry = 'const held = Buffer.alloc(400e6, 1); setInterval(() => held.length, 1000)';
  const end = await run(
    `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(hungry)}]).on('exit', () => {})`,
    { maxMemoryBytes: 300e6 },
  );
  expect(end).toMatchObject({ outOfMemory: true, timedOut: false });
});

test('what is not there cannot be started', async () => {
  await expect(run('', { argv: ['no-such-program-here'] })).rejects.toMatchObject({ code: 'ENOENT' });
});
