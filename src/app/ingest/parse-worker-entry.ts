import { existsSync } from 'node:fs';

/**
 * The built worker script: beside the bundle, or in `dist` when this file runs from its source folder.
 * Workers are plain Node processes, so they need the built form either way.
 */
export function parseWorkerEntry(): URL {
  const beside = new URL('./parse-worker.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../../../dist/parse-worker.js', import.meta.url);
}
