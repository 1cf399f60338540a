import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareFile } from '../../src/app/evaluate/write-results.ts';
import { readBaseline } from '../../src/evaluate/baseline.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rag-baseline-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what has no end is no baseline', () => {
  expect(() => readBaseline('/dev/zero')).toThrow('/dev/zero is no baseline: it is no file.');
  expect(() => readBaseline(folder)).toThrow('it is no file');
});

test('a place for one is tried before the evaluation, and nothing is left there', () => {
  const path = join(folder, 'below', 'eval.json');
  prepareFile(path);
  expect(() => readBaseline(path)).toThrow('There is no baseline');
});

test.runIf(process.platform === 'linux')('a place where no file can be made is wrong usage', () => {
  expect(() => prepareFile('/proc/x')).toThrow(expect.objectContaining({ code: 'USAGE' }));
});
