import type { EmbedderSettings } from '../../src/embed/types.ts';

/** Settings of an embedder that reaches servers on this machine only, and never waits. */
export const testSettings = (changes: Partial<EmbedderSettings> = {}): EmbedderSettings => ({
  fetch: globalThis.fetch,
  ...changes,
});
