import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Language } from 'web-tree-sitter';

const loaded = new Map<string, Promise<Language | null>>();

/**
 * A grammar of the package tree-sitter-wasms by its name ("c_sharp"), read when it is first asked for and kept; null when it is not
 * installed or does not load here. The runtime is loaded with the first one.
 */
export function loadGrammar(name: string): Promise<Language | null> {
  const there = loaded.get(name);
  if (there) return there;
  const loading = load(name).catch(() => null);
  loaded.set(name, loading);
  return loading;
}

async function load(name: string): Promise<Language> {
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init();
  const path = createRequire(import.meta.url).resolve(`tree-sitter-wasms/out/tree-sitter-${name}.wasm`);
  return Language.load(await readFile(path));
}
