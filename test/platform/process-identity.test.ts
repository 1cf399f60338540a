import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { identityOf, livenessOf } from '../../src/platform/process-identity.ts';

const knowsStarts = existsSync('/proc/self/stat');

test.skipIf(!knowsStarts)('this process lives, and another of its number does not', () => {
  const own = identityOf(process.pid);
  expect(livenessOf(own)).toBe('alive');
  expect(livenessOf({ ...own, start: '1' })).toBe('dead');
});

test('what ran before the machine was started anew is dead, whoever has its number now', () => {
  expect(livenessOf({ ...identityOf(process.pid), boot: 'another' })).toBe('dead');
});

test('what runs in another container is not known', () => {
  expect(livenessOf({ ...identityOf(process.pid), namespace: 'pid:[1]' })).toBe('unknown');
});

test('a process that was killed is dead', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const identity = identityOf(child.pid as number);
  expect(livenessOf(identity)).toBe(knowsStarts ? 'alive' : 'unknown');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(livenessOf(identity)).toBe('dead');
});
