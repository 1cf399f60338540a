import type { EmbedderSettings } from '../../src/embed/types.ts';

const NOWHERE = { baseUrl: 'http://127.0.0.1:1' };

/** Settings of an embedder that reaches servers on this machine only, and never waits. */
export const testSettings = (changes: Partial<EmbedderSettings> = {}): EmbedderSettings => ({
  fetch: globalThis.fetch,
  ollamaHost: NOWHERE.baseUrl,
  openai: NOWHERE,
  google: NOWHERE,
  mistral: NOWHERE,
  cohere: NOWHERE,
  voyage: NOWHERE,
  servers: {},
  offline: false,
  transformers: { cacheFolder: '/nowhere', endpoint: NOWHERE.baseUrl, offline: true },
  timeoutMs: 10_000,
  maxRetries: 2,
  wait: async () => {},
  ...changes,
});
