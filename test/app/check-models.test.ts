import { expect, test } from 'vitest';
import { checkModels } from '../../src/app/check-models.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import type { Settings } from '../../src/config/types.ts';
import { systemRuntime } from '../../src/platform/runtime.ts';

const runtime = { ...systemRuntime, fetch: () => Promise.reject(new Error('asked')) };
const check = (changes: Partial<Settings>, models: Partial<Settings['models']> = {}) =>
  checkModels({
    settings: { ...defaultSettings, ...changes, models: { ...defaultSettings.models, ...models } },
    runtime,
  });

test('no model is fine', () => {
  expect(check({})).toMatchObject({ status: 'ok', message: expect.stringContaining('None is set') });
});

test('a hosted model without its key fails with the variable', () => {
  expect(check({ model: 'anthropic/claude' })).toMatchObject({
    status: 'failed',
    hint: 'Set the environment variable ANTHROPIC_API_KEY.',
  });
});

test('with its key it is fine, and its place is named, not its key', () => {
  const anthropic = { ...defaultSettings.anthropic, apiKey: 'sk-ant-4711' };
  const { status, message } = check({ model: 'anthropic/claude', anthropic });
  expect([status, message]).toEqual(['ok', expect.stringContaining('anthropic/claude (api.anthropic.com)')]);
  expect(message).not.toContain('4711');
});

test('fallbacks are looked at too, through their aliases', () => {
  const aliases = { spare: 'transformers/./no/such/folder' };
  expect(check({ model: 'ollama/llama3.2' }, { aliases, fallbacks: ['spare', 'extractive'] })).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('there is no folder'),
  });
  expect(check({ model: 'ollama/llama3.2' }, { fallbacks: ['spear'] })).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('must be provider/model'),
  });
});

test('a model that no price is known of is told where a budget would refuse it', () => {
  const openai = { ...defaultSettings.openai, apiKey: 'sk-4711' };
  expect(check({ model: 'openai/nobody-knows', openai }, { budgetDay: 1 })).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('has no price'),
    hint: expect.stringContaining('models.prices.openai/nobody-knows.input'),
  });
  expect(check({ model: 'openai/nobody-knows', openai })).toMatchObject({ status: 'ok' });
});
