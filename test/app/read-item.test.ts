import { expect, test } from 'vitest';
import { ingestContext } from '../../src/app/ingest/ingest-context.ts';
import type { SourceRun } from '../../src/app/ingest/ingest-source.ts';
import { readItem } from '../../src/app/ingest/read-item.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import { WorkerLost } from '../../src/platform/process-pool.ts';
import { systemRuntime } from '../../src/platform/runtime.ts';
import { hashEmbedder } from '../../src/testing/hash-embedder.ts';
import { openTemporaryStore } from '../store/temporary-store.ts';

const item = {
  uri: 'file:///a.md',
  path: 'a.md',
  size: 1,
  mtimeMs: 1,
  content: { kind: 'file' as const, path: '/a.md' },
};

function readWith(lost: WorkerLost) {
  const context = ingestContext({
    store: openTemporaryStore(),
    embedder: hashEmbedder(),
    runtime: systemRuntime,
    settings: defaultSettings,
  });
  const source = { row: 1, kind: 'file', uri: item.uri, options: {}, collection: 'c', tags: [] };
  const pool = { run: () => Promise.reject(lost), close: () => {} };
  return readItem(context, { source, pool } as unknown as SourceRun, item, null);
}

test.each([
  ['timeout', 'PARSE_TIMEOUT'],
  ['memory', 'PARSE_MEMORY'],
  ['crash', 'PARSE_FAILED'],
] as const)('a worker lost by %s is a failure of the item', async (reason, code) => {
  expect(await readWith(new WorkerLost(reason, 'why'))).toMatchObject({ status: 'failed', code, message: 'why' });
});

test('that no worker can be started is no failure of the item, which would take its document away', async () => {
  await expect(readWith(new WorkerLost('start', 'exit code 1'))).rejects.toMatchObject({
    code: 'INTERNAL',
    message: expect.stringContaining('exit code 1'),
    hint: expect.any(String),
  });
});

test('a pool that was closed ends the run', async () => {
  await expect(readWith(new WorkerLost('closed', 'closed'))).rejects.toMatchObject({ name: 'WorkerLost' });
});
