import type { GeneratorSettings } from '../../src/generate/types.ts';

/** Settings for tests on loopback: nothing is waited for between attempts, and the first pause lengths are kept. */
export function testSettings(changes: Partial<GeneratorSettings> = {}): GeneratorSettings & { waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    fetch: globalThis.fetch,
    servers: {},
    transformers: { cacheFolder: '/nowhere', endpoint: 'http://127.0.0.1:1', offline: true },
    firstByteTimeoutMs: 30_000,
    idleTimeoutMs: 30_000,
    maxRetries: 0,
    wait: async (delayMs) => {
      waits.push(delayMs);
    },
    ...changes,
  };
}
