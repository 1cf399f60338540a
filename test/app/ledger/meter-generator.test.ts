import { expect, test } from 'vitest';
import { budgetsOf } from '../../../src/app/ledger/budgets.ts';
import { meterGenerator } from '../../../src/app/ledger/meter-generator.ts';
import type { Meter } from '../../../src/app/ledger/meter-of.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { RagError } from '../../../src/platform/errors.ts';
import type { Store } from '../../../src/store/types.ts';
import { type GeneratorScript, scriptedGenerator } from '../../../src/testing/scripted-generator.ts';
import { collect, collectUntilError } from '../../contract/generator.ts';
import { openTemporaryStore, temporaryDatabasePath } from '../../store/temporary-store.ts';

const NOW = Date.UTC(2026, 2, 31, 12);
const PRICE = { input: 1, output: 2 };
const REQUEST = { messages: [{ role: 'user' as const, content: 'What is the answer?' }], temperature: 0 };

function metered(store: Store, script: GeneratorScript, options: Partial<Meter> & { budgetDay?: number } = {}) {
  const { budgetDay, ...rest } = options;
  const settings = { models: { ...defaultSettings.models, budgetDay } };
  const generator = scriptedGenerator(script);
  const meter = meterGenerator(generator, {
    store,
    clock: { now: () => NOW },
    purpose: 'ask',
    price: PRICE,
    budgetsAt: (now) => budgetsOf(settings, now),
    ...rest,
  });
  return { meter, generator };
}

const ledgerOf = (store: Store) => store.callSums('model', 0)[0];

test('a call is noted with its tokens, its cost and what it was for', async () => {
  const store = openTemporaryStore();
  const { meter } = metered(store, { name: 'p/m', deltas: ['a', 'b', 'c'] });
  await collect(meter.generate(REQUEST));
  expect(ledgerOf(store)).toMatchObject({
    key: 'p/m',
    calls: 1,
    failures: 0,
    inputTokens: 1,
    outputTokens: 3,
    cost: 7,
  });
  expect(store.callSums('purpose', 0).map(({ key }) => key)).toEqual(['ask']);
});

test('tokens that the server does not count are estimated and marked', async () => {
  const store = openTemporaryStore();
  const { meter } = metered(store, { deltas: [], name: 'p/m' });
  const silentCount: typeof meter = {
    name: 'p/m',
    async *generate() {
      yield { type: 'text-delta', text: 'Forty-two is the answer.' };
      yield { type: 'finish', reason: 'stop', usage: { inputTokens: 0, outputTokens: 0 } };
    },
  };
  const counted = meterGenerator(silentCount, {
    store,
    clock: { now: () => NOW },
    purpose: 'ask',
    price: null,
    budgetsAt: () => [],
  });
  const events = await collect(counted.generate(REQUEST));
  expect(events.at(-1)).toMatchObject({ usage: { estimated: true } });
  expect(ledgerOf(store)).toMatchObject({ estimated: 1, unpriced: 1, cost: 0 });
  expect(ledgerOf(store)?.outputTokens).toBeGreaterThan(3);
});

test('what a failure costs depends on whether the model may have read anything', async () => {
  const cases = [
    ['MODEL_UNREACHABLE', 0],
    ['MODEL_AUTH', 0],
    ['MODEL_TIMEOUT', 5],
    ['MODEL_BROKEN_STREAM', 5],
  ] as const;
  for (const [code, input] of cases) {
    const store = openTemporaryStore();
    const { meter } = metered(store, { deltas: [], error: new RagError(code, { message: 'No.' }) });
    await collectUntilError(meter.generate(REQUEST));
    expect(ledgerOf(store), code).toMatchObject({ calls: 1, failures: 1, inputTokens: input, cost: input });
  }
});

test('a reader who leaves early stops the call, and what had come is counted', async () => {
  const store = openTemporaryStore();
  const { meter } = metered(store, { deltas: ['one ', 'two ', 'three '] });
  for await (const _ of meter.generate(REQUEST)) break;
  expect(ledgerOf(store)).toMatchObject({ calls: 1, failures: 0, outputTokens: 1, estimated: 1 });
});

test('a call above the budget is refused before it begins, with amounts and the time of the reset', async () => {
  const store = openTemporaryStore();
  const { meter, generator } = metered(store, { deltas: ['a'] }, { budgetDay: 0.0003 });
  const request = { ...REQUEST, maxOutputTokens: 100 };
  await collect(meter.generate(request));
  const { error } = await collectUntilError(meter.generate({ ...REQUEST, maxOutputTokens: 200 }));
  expect(error).toMatchObject({
    code: 'BUDGET_EXCEEDED',
    message:
      '"scripted/test" may cost up to $0.000423, and of the $0.0003 for this day $0.000297 are left ($0.000003 spent or reserved).',
    hint: expect.stringContaining('2026-04-01 00:00 UTC'),
    details: { period: 'day', resetsAt: '2026-04-01T00:00:00.000Z' },
  });
  expect(generator.requests).toHaveLength(1);
});

test('while a budget is set an answer has an end, so that what it costs has one', async () => {
  const store = openTemporaryStore();
  const { meter, generator } = metered(store, { deltas: ['a'] }, { budgetDay: 1 });
  await collect(meter.generate(REQUEST));
  const free = metered(store, { deltas: ['a'] }, { budgetDay: 1, price: { input: 0, output: 0 } });
  await collect(free.meter.generate(REQUEST));
  expect([generator.requests[0]?.maxOutputTokens, free.generator.requests[0]?.maxOutputTokens]).toEqual([
    4096,
    undefined,
  ]);
});

test('a model without a price is refused under a budget, and told how to give it one', async () => {
  const { meter } = metered(openTemporaryStore(), { name: 'p/m', deltas: ['a'] }, { budgetDay: 1, price: null });
  const { error } = await collectUntilError(meter.generate(REQUEST));
  expect(error).toMatchObject({
    code: 'BUDGET_EXCEEDED',
    hint: expect.stringContaining('rag config set "models.prices.p/m.input" 1'),
  });
});

test('in a database that cannot be written models answer, but what costs money not under a budget', async () => {
  const path = temporaryDatabasePath();
  openTemporaryStore(path).close();
  const store = openTemporaryStore(path, { readOnly: true });
  expect(await collect(metered(store, { deltas: ['a'] }).meter.generate(REQUEST))).toHaveLength(2);
  const free = metered(store, { deltas: ['a'] }, { budgetDay: 1, price: { input: 0, output: 0 } });
  expect(await collect(free.meter.generate(REQUEST))).toHaveLength(2);
  const { error } = await collectUntilError(
    metered(store, { deltas: ['a'] }, { budgetDay: 1 }).meter.generate(REQUEST),
  );
  expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', message: expect.stringContaining('cannot be recorded') });
});

test('an open reservation of a process that was killed counts against the budget', async () => {
  const store = openTemporaryStore();
  const call = { at: NOW, model: 'p/m', purpose: 'ask', inputTokens: 0, outputTokens: 0, cost: 999_900 };
  store.reserveCall(call, []);
  const { meter } = metered(store, { deltas: ['a'] }, { budgetDay: 1 });
  const { error } = await collectUntilError(meter.generate({ ...REQUEST, maxOutputTokens: 100 }));
  expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', details: { spentMicroDollars: 999_900 } });
});
