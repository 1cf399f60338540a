import { describe, expect, test } from 'vitest';
import { MAX_CALLS } from '../../../src/store/sqlite/model-calls.ts';
import type { EndedModelCall, NewModelCall } from '../../../src/store/types.ts';
import { openRaw, openTemporaryStore, temporaryDatabasePath } from '../temporary-store.ts';

const DAY = Date.UTC(2026, 2, 31);

const call = (changes: Partial<NewModelCall> = {}): NewModelCall => ({
  at: DAY,
  model: 'openai/small',
  purpose: 'ask',
  inputTokens: 100,
  outputTokens: 50,
  cost: 1000,
  ...changes,
});

const ended = (changes: Partial<EndedModelCall> = {}): EndedModelCall => ({
  outcome: 'ok',
  inputTokens: 90,
  cachedInputTokens: 10,
  outputTokens: 20,
  isEstimated: false,
  isCached: false,
  cost: 400,
  firstTokenMs: 200,
  totalMs: 900,
  ...changes,
});

describe('calls', () => {
  test('a call counts with what is reserved until it has ended, then with what it cost', () => {
    const store = openTemporaryStore();
    const reserved = store.reserveCall(call(), []);
    expect(reserved).toMatchObject({ kind: 'reserved' });
    expect(store.spentSince(DAY)).toBe(1000);
    expect(store.endCall(reserved.kind === 'reserved' ? reserved.id : null, call(), ended())).toBe(true);
    expect(store.spentSince(DAY)).toBe(400);
    expect(store.spentSince(DAY + 1)).toBe(0);
  });

  test('a call that would go above a bound is refused, with what has been spent, and not noted', () => {
    const store = openTemporaryStore();
    const bounds = [{ since: DAY, most: 2500 }];
    expect(store.reserveCall(call(), bounds).kind).toBe('reserved');
    expect(store.reserveCall(call(), bounds).kind).toBe('reserved');
    expect(store.reserveCall(call(), bounds)).toEqual({ kind: 'exceeded', bound: bounds[0], spent: 2000 });
    expect(store.reserveCall(call({ cost: 500 }), bounds).kind).toBe('reserved');
    expect(store.callSums('model', 0)[0]?.calls).toBe(3);
  });

  test('sums are by model, day or purpose, from a time on', () => {
    const store = openTemporaryStore();
    for (const [changes, end] of [
      [{}, {}],
      [{}, { outcome: 'MODEL_TIMEOUT', firstTokenMs: null, cost: 100, isEstimated: true }],
      [
        { at: DAY + 86_400_000, model: 'ollama/b', purpose: 'chat' },
        { cost: 0, firstTokenMs: 40 },
      ],
      [
        { at: DAY + 86_400_000, purpose: 'chat' },
        { cost: 0, isCached: true, firstTokenMs: 0 },
      ],
      [{ model: 'odd/c' }, { cost: null, outcome: 'stopped' }],
    ] as const) {
      store.endCall(null, call(changes), ended(end));
    }
    const byModel = store.callSums('model', 0);
    expect(byModel.map(({ key }) => key)).toEqual(['openai/small', 'odd/c', 'ollama/b']);
    expect(byModel[0]).toEqual({
      key: 'openai/small',
      calls: 3,
      failures: 1,
      cached: 1,
      inputTokens: 180,
      cachedInputTokens: 20,
      outputTokens: 40,
      estimated: 1,
      cost: 500,
      unpriced: 0,
      firstTokenMs: 200,
      totalMs: 900,
    });
    expect(byModel[1]).toMatchObject({ cost: 0, unpriced: 1, failures: 0 });
    expect(store.callSums('day', 0).map(({ key, calls }) => [key, calls])).toEqual([
      ['2026-03-31', 3],
      ['2026-04-01', 2],
    ]);
    expect(store.callSums('purpose', DAY + 1).map(({ key, calls }) => [key, calls])).toEqual([['chat', 2]]);
  });

  test('times are of one provider, without kept replies', () => {
    const store = openTemporaryStore();
    for (const [model, at, isCached] of [
      ['a/x', 30, false],
      ['a/y', 20, false],
      ['a/x', 25, true],
      ['ab/x', 26, false],
      ['a/x', 10, false],
    ] as const) {
      store.endCall(null, call({ model, at }), ended({ isCached }));
    }
    expect(store.callTimes('a', 20)).toEqual([20, 30]);
  });

  test('the time to the first token is the median', () => {
    const store = openTemporaryStore();
    for (const firstTokenMs of [900, 100, 200, 400]) store.endCall(null, call(), ended({ firstTokenMs }));
    expect(store.callSums('model', 0)[0]?.firstTokenMs).toBe(300);
  });

  test('old calls go when there are too many, those of the last weeks never', () => {
    const path = temporaryDatabasePath();
    const store = openTemporaryStore(path);
    const raw = openRaw(path);
    raw.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MAX_CALLS + 300})
      INSERT INTO model_calls (at, model, purpose, outcome, input_tokens, cached_input_tokens, output_tokens, is_estimated, is_cached)
      SELECT iif(i <= 100, 0, ${DAY}), 'm', 'ask', 'ok', 0, 0, 0, 0, 0 FROM n`);
    raw.close();
    for (let i = 0; i < 256; i++) store.endCall(null, call(), ended());
    expect(store.callSums('model', 0).find(({ key }) => key === 'm')?.calls).toBe(MAX_CALLS + 200);
  });
});

test('circuits count failures of a provider, and one of two claims a probe', () => {
  const store = openTemporaryStore();
  expect(store.circuit('p')).toBeNull();
  for (const at of [1, 2, 3]) store.countFailure('p', at);
  expect(store.circuit('p')).toEqual({ failures: 3, failedAt: 3 });
  expect([store.claimProbe('p', 3, 9), store.claimProbe('p', 3, 10)]).toEqual([true, false]);
  store.clearFailures('p');
  expect(store.circuit('p')).toBeNull();
  for (let i = 0; i < 150; i++) store.countFailure(`p${i}`, i);
  expect([store.circuit('p49'), store.circuit('p50')]).toEqual([null, { failures: 1, failedAt: 50 }]);
});

test('kept replies are given back until documents change', () => {
  const store = openTemporaryStore();
  const key = new Uint8Array(16).fill(1);
  store.record((recorder) => recorder.keepReply(key, new Uint8Array([1, 2, 3])));
  expect([...(store.keptReply(key) ?? [])]).toEqual([1, 2, 3]);
  expect(store.keptReplyFigures()).toEqual({ entries: 1, bytes: 3 });
  store.write((writer) => writer.ensureCollection('new'));
  expect(store.keptReply(key)).toBeNull();
});

test('a database that can only be read records nothing and says so', () => {
  const path = temporaryDatabasePath();
  openTemporaryStore(path).close();
  const store = openTemporaryStore(path, { readOnly: true });
  expect(store.reserveCall(call(), [{ since: 0, most: 9_000_000 }])).toEqual({ kind: 'unwritable' });
  expect(store.endCall(null, call(), ended())).toBe(false);
  store.countFailure('p', 1);
  expect([store.circuit('p'), store.spentSince(0), store.callSums('day', 0)]).toEqual([null, 0, []]);
});
