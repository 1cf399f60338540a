import { existsSync } from 'node:fs';

/** The built script of a process: beside the bundle, or in `dist` when this file runs from its source folder. */
export function workerEntry(name: string): URL {
  const beside = new URL(`./${name}.js`, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../../../dist/${name}.js`, import.meta.url);
}
