import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isBuilt, runRag } from './run-rag.ts';

describe.skipIf(!isBuilt)('rag explain', () => {
  const home = { folder: mkdtempSync(join(tmpdir(), 'rag-explain-')) };
  const rag = (...argv: string[]) => runRag([...argv, '-d', join(home.folder, 'rag.db')], home);
  beforeAll(async () => {
    writeFileSync(join(home.folder, 'leave.md'), '# Leave\n\nParental leave is 26 weeks.\n');
    writeFileSync(join(home.folder, 'other.txt'), 'Rain in the mountains.\n');
    expect((await rag('add', join(home.folder, 'leave.md'), '-q')).code).toBe(0);
  });
  afterAll(() => rmSync(home.folder, { recursive: true }));

  test('says how a hit was scored, in 80 columns and in JSON', async () => {
    const { code, stdout } = await rag('explain', 'parental leave', 'leave.md');
    expect(code).toBe(0);
    expect(stdout).toContain('Rank 1: passage');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const { data, schema } = JSON.parse((await rag('explain', 'parental leave', 'leave.md', '--json')).stdout);
    expect(schema).toBe('rag.explain/1');
    const [{ parts, score }] = data.passages;
    expect(parts.reduce((sum: number, { adds }: { adds: number }) => sum + adds, 0)).toBeCloseTo(score, 10);
  });

  test('says why something is not found, and ends with 1', async () => {
    const filtered = await rag('explain', 'parental leave', 'leave.md', '--type', 'pdf');
    expect([filtered.code, filtered.stdout.includes('does not pass type pdf')]).toEqual([1, true]);
    const unknown = await rag('explain', 'parental leave', join(home.folder, 'other.txt'));
    expect([unknown.code, unknown.stdout.includes('rag add')]).toEqual([1, true]);
  });
});
