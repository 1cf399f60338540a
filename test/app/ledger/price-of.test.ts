import { expect, test } from 'vitest';
import { budgetsOf } from '../../../src/app/ledger/budgets.ts';
import { DEFAULT_PRICES } from '../../../src/app/ledger/default-prices.ts';
import { costOf, mostCostOf, priceOf } from '../../../src/app/ledger/price-of.ts';
import { priceEntry, priceName } from '../../../src/config/price-settings.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { dollars } from '../../../src/domain/dollars.ts';

const priceIn = (prices: Parameters<typeof priceOf>[1]['prices'], name: string, isOwn = false) =>
  priceOf(name, { prices, isOwn });

test('the exact name goes before the longest beginning, and that before shorter ones', () => {
  const price = (input: number) => ({ input, output: 0 });
  const prices = { 'a/m*': price(1), 'a/mini*': price(2), 'a/mini-1': price(3) };
  expect(['a/mini-1', 'a/mini-2', 'a/max', 'b/mini-1'].map((name) => priceIn(prices, name)?.input)).toEqual([
    3,
    2,
    1,
    undefined,
  ]);
});

test("the user's prices go before the shipped ones, and before what is one's own being free", () => {
  const prices = { 'openai/gpt-4o*': { input: 9, output: 9 }, 'ollama/*': { input: 1, output: 1 } };
  expect(priceIn(prices, 'openai/gpt-4o-mini')).toEqual({ input: 9, output: 9 });
  expect(priceIn(prices, 'ollama/x', true)).toEqual({ input: 1, output: 1 });
  expect(priceIn({}, 'ollama/x', true)).toEqual({ input: 0, output: 0 });
  expect(priceIn({}, 'openai/gpt-4o', true)).toEqual({ input: 0, output: 0 });
  expect(priceIn({}, 'openai/gpt-4o-mini-2024-07-18')).toEqual({ input: 0.15, output: 0.6, cachedInput: 0.075 });
  expect(priceIn({}, 'openrouter/anything')).toBeNull();
});

test('a version of a day and the latest cost what the model does; another version has no price yet', () => {
  expect(priceIn({}, 'anthropic/claude-3-5-haiku-latest')?.input).toBe(0.8);
  expect(priceIn({}, 'openai/gpt-4o-2024-08-06')?.input).toBe(2.5);
  expect(priceIn({}, 'openai/gpt-4o-2024-05-13')?.input).toBe(5);
  expect(priceIn({}, 'openai/gpt-5-pro')).toBeNull();
  expect(priceIn({}, 'openai/gpt-5.9')).toBeNull();
});

test('vectors that are shortened cost what whole ones do, unless the user says otherwise', () => {
  expect(priceIn({}, 'openai/text-embedding-3-small@256')).toEqual(priceIn({}, 'openai/text-embedding-3-small'));
  const own = { 'openai/text-embedding-3-small': { input: 7, output: 0 } };
  expect(priceIn(own, 'openai/text-embedding-3-small@256')?.input).toBe(7);
  const shortened = { ...own, 'openai/text-embedding-3-small@256': { input: 3, output: 0 } };
  expect(priceIn(shortened, 'openai/text-embedding-3-small@256')?.input).toBe(3);
});

test('every shipped price could stand in the settings, and cached input is never dearer', () => {
  for (const [name, price] of Object.entries(DEFAULT_PRICES)) {
    expect(priceName(name)).toBe(name);
    expect(priceEntry(price)).toEqual(price);
    expect(price.cachedInput ?? 0, name).toBeLessThanOrEqual(price.input);
  }
});

test('a cost is of input, cached input and output, in millionths of a dollar, rounded up', () => {
  const price = { input: 2.5, output: 10, cachedInput: 1.25 };
  expect(costOf(price, { inputTokens: 1000, outputTokens: 100 })).toBe(3500);
  expect(costOf(price, { inputTokens: 1000, outputTokens: 100, cachedInputTokens: 400 })).toBe(3000);
  expect(costOf(price, { inputTokens: 1000, outputTokens: 0, cacheWriteTokens: 400 })).toBe(2500);
  const written = { inputTokens: 1000, outputTokens: 0, cachedInputTokens: 200, cacheWriteTokens: 400 };
  expect(costOf({ ...price, cacheWrite: 5 }, written)).toBe(400 * 2.5 + 200 * 1.25 + 400 * 5);
  expect(mostCostOf({ ...price, cacheWrite: 5 }, { inputTokens: 1000, outputTokens: 1 })).toBe(5010);
  expect(costOf(price, { inputTokens: 1, outputTokens: 0 })).toBe(3);
  expect(costOf({ input: 0.1, output: 0.2 }, { inputTokens: 10, outputTokens: 10 })).toBe(3);
  expect(costOf({ input: 2, output: 0 }, { inputTokens: 10, outputTokens: 5, cachedInputTokens: 99 })).toBe(20);
});

test('budgets are of the day and the month of UTC', () => {
  const settings = { models: { ...defaultSettings.models, budgetDay: 1.5, budgetMonth: 20 } };
  const now = Date.UTC(2026, 11, 31, 23, 59);
  expect(budgetsOf(settings, now)).toEqual([
    { period: 'day', most: 1_500_000, since: Date.UTC(2026, 11, 31), resetsAt: Date.UTC(2027, 0, 1) },
    { period: 'month', most: 20_000_000, since: Date.UTC(2026, 11, 1), resetsAt: Date.UTC(2027, 0, 1) },
  ]);
  expect(budgetsOf(defaultSettings, now)).toEqual([]);
});

test('amounts show as many places as it takes', () => {
  expect([0, 1, 1500, 123_456, 2_000_000].map(dollars)).toEqual(['$0.00', '$0.000001', '$0.0015', '$0.12', '$2.00']);
});
