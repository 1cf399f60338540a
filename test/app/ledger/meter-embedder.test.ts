import { expect, test } from 'vitest';
import { budgetsOf } from '../../../src/app/ledger/budgets.ts';
import { meterEmbedder } from '../../../src/app/ledger/meter-embedder.ts';
import { makeEmbedder } from '../../../src/app/make-embedder.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import type { Store } from '../../../src/store/types.ts';
import { hashEmbedder } from '../../../src/testing/hash-embedder.ts';
import { openRaw, openTemporaryStore, temporaryDatabasePath } from '../../store/temporary-store.ts';

const NOW = Date.UTC(2026, 2, 31, 12);

const metered = (store: Store, budgetDay?: number) => {
  const settings = { models: { ...defaultSettings.models, budgetDay } };
  return meterEmbedder(hashEmbedder(), 'p/m', {
    store,
    clock: { now: () => NOW },
    purpose: 'embed',
    price: { input: 10, output: 0 },
    budgetsAt: (now) => budgetsOf(settings, now),
  });
};

test('what is embedded is noted with estimated tokens and its cost', async () => {
  const store = openTemporaryStore();
  const embedder = metered(store);
  const vectors = await embedder.embedPassages(['one two three', 'four']);
  expect(vectors).toEqual(await hashEmbedder().embedPassages(['one two three', 'four']));
  await embedder.embedQuery('one');
  const [sums] = store.callSums('purpose', 0);
  expect(sums).toMatchObject({ key: 'embed', calls: 2, estimated: 2, failures: 0, firstTokenMs: null });
  expect(sums?.cost).toBe((sums?.inputTokens ?? 0) * 10);
});

test('texts that a budget has no room for are not sent', async () => {
  const store = openTemporaryStore();
  await expect(metered(store, 0.0001).embedPassages(['word '.repeat(100)])).rejects.toMatchObject({
    code: 'BUDGET_EXCEEDED',
  });
  expect(store.callSums('model', 0)).toEqual([]);
});

test('a query is embedded while another process writes, and is then not noted', async () => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  const raw = openRaw(path);
  raw.exec('BEGIN IMMEDIATE');
  expect(await metered(store).embedQuery('one')).not.toBeNull();
  raw.exec('ROLLBACK');
  expect(store.callSums('model', 0)).toEqual([]);
});

test('the built-in embedder is not metered: it costs nothing and every search asks it', async () => {
  const store = openTemporaryStore();
  const embedder = makeEmbedder('builtin', { settings: defaultSettings, runtime: { fetch }, store });
  await embedder.embedQuery('one');
  expect(store.callSums('model', 0)).toEqual([]);
});
