import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the compiled kernels are what their sources compile to', () => {
  const script = fileURLToPath(new URL('../../../src/platform/wasm/build-wasm.mjs', import.meta.url));
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('');
});
