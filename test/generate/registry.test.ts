import { expect, test } from 'vitest';
import { PROVIDERS } from '../../src/config/providers.ts';
import { createGenerator, generatorDrivers, providerAddress } from '../../src/generate/registry.ts';
import { isRagError, type RagError } from '../../src/platform/errors.ts';
import { testSettings } from './settings.ts';

const refusal = (name: string): RagError => {
  try {
    createGenerator(name, testSettings());
  } catch (error) {
    if (isRagError(error)) return error;
  }
  throw new Error(`"${name}" was not refused`);
};

test('every provider is named once', () => {
  const providers = generatorDrivers.map((driver) => driver.provider);
  expect(new Set(providers).size).toBe(providers.length);
});

test('the model keeps its own slashes and colons', () => {
  expect(createGenerator('openai/meta-llama/Llama-3:8b', testSettings()).name).toBe('openai/meta-llama/Llama-3:8b');
});

test('an unknown provider is answered with the list and the nearest name', () => {
  const error = refusal('olama/llama3.2');
  expect(error.code).toBe('MODEL_UNKNOWN');
  expect(error.message).toContain('ollama, openai');
  expect(error.hint).toBe('Did you mean ollama/llama3.2?');
});

test('a name without a provider is taken for a model of the first one', () => {
  expect(refusal('llama3.2').hint).toBe('Did you mean ollama/llama3.2?');
});

test.each(['ollama', 'ollama/', 'openai/  '])('"%s" names no model', (name) => {
  expect(refusal(name)).toMatchObject({ code: 'MODEL_UNKNOWN', hint: expect.stringContaining('<model>') });
});

test('a name of a megabyte is refused without being repeated', () => {
  expect(refusal(`openai/${'x'.repeat(1_000_000)}`).message.length).toBeLessThan(500);
});

test('every provider is one that no server of the user may be called', () => {
  for (const { provider } of generatorDrivers) expect(PROVIDERS).toContain(provider);
});

test('a server of the user is a provider, with its address', () => {
  const settings = testSettings({ servers: { lan: { baseUrl: 'http://lan:8080/v1' } } });
  expect(createGenerator('lan/org/model', settings).name).toBe('lan/org/model');
  expect(providerAddress('lan/org/model', settings)).toBe('http://lan:8080/v1');
  expect(providerAddress('toString/x', settings)).toBeNull();
  expect(() => createGenerator('lam/x', settings)).toThrow(/Providers: .*, lan\./);
});
