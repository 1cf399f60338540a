import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Language } from 'web-tree-sitter';
import { messageOf } from '../../platform/errors.ts';

type Runtime = typeof import('web-tree-sitter');

let runtime: Promise<Runtime> | null = null;
let renewals = 0;
/** Of 64 KiB: 32 MiB to begin with, as the library has it, and 384 MiB at most; sources that people write take a tenth of that. */
const FIRST_PAGES = 512;
const MOST_PAGES = 6144;

const loaded = new Map<string, Promise<Language | null>>();
const failures = new Map<string, string>();

/**
 * A grammar of the package tree-sitter-wasms by its name ("c_sharp"), read when it is first asked for and kept; null when it is not
 * installed or does not load here. The runtime is loaded with the first one.
 */
export function loadGrammar(name: string): Promise<Language | null> {
  const there = loaded.get(name);
  if (there) return there;
  const loading = load(name).catch((error) => {
    failures.set(name, messageOf(error));
    return null;
  });
  loaded.set(name, loading);
  return loading;
}

/** Why a grammar that was asked for is not there; null for one that is. */
export const grammarFailure = (name: string): string | null => failures.get(name) ?? null;

async function load(name: string): Promise<Language> {
  const { Language } = await loadRuntime();
  const path = createRequire(import.meta.url).resolve(`tree-sitter-wasms/out/tree-sitter-${name}.wasm`);
  return Language.load(await readFile(path));
}

/** The library of syntax trees, ready for use. */
export function loadRuntime(): Promise<Runtime> {
  runtime ??= startRuntime();
  return runtime;
}

/** Forgets the runtime and its grammars: one that has failed within WebAssembly reads nothing any more. The next use starts another. */
export function dropRuntime(): void {
  runtime = null;
  renewals++;
  loaded.clear();
  failures.clear();
}

async function startRuntime(): Promise<Runtime> {
  const url = pathToFileURL(createRequire(import.meta.url).resolve('web-tree-sitter')).href.replace(/\.cjs$/, '.js');
  // A module is kept by its address, so a new one needs another.
  const started: Runtime = renewals === 0 ? await import('web-tree-sitter') : await import(`${url}?${renewals}`);
  const wasmMemory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES });
  await started.Parser.init({ wasmMemory });
  return started;
}
