import { tmpdir } from 'node:os';
import { RagError } from '../../src/platform/errors.ts';
import type { RerankerSettings } from '../../src/rerank/types.ts';

/** Settings for tests on loopback: nothing is waited for between attempts, and the pauses asked for are kept. */
export function testSettings(changes: Partial<RerankerSettings> = {}): RerankerSettings & { waits: number[] } {
  const waits: number[] = [];
  const nowhere = { baseUrl: 'http://127.0.0.1:1', apiKey: undefined };
  return {
    waits,
    fetch: globalThis.fetch,
    cohere: nowhere,
    voyage: nowhere,
    jina: nowhere,
    timeoutMs: 30_000,
    maxRetries: 0,
    wait: async (delayMs) => {
      waits.push(delayMs);
    },
    createGenerator: (name) => {
      throw new RagError('MODEL_UNKNOWN', { message: `No model "${name}".` });
    },
    transformers: { cacheFolder: tmpdir(), endpoint: 'http://127.0.0.1:1', offline: true },
    ...changes,
  };
}
