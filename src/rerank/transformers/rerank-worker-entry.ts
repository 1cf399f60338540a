import { existsSync } from 'node:fs';

/** The built worker script: beside the bundle, or in `dist` when this file runs from its source folder. */
export function rerankWorkerEntry(): URL {
  const beside = new URL('./rerank-worker.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../../../dist/rerank-worker.js', import.meta.url);
}
