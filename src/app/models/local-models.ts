import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelKind } from './providers.ts';

/** A model of transformers.js that was downloaded. */
export type LocalModel = {
  /** As on the Hub: `owner/name`. */
  readonly name: string;
  readonly folder: string;
  readonly kind: ModelKind;
  readonly bytes: number;
  /** What is missing, if it cannot be loaded as it is. */
  readonly problem: string | null;
};

/** More than anyone keeps; a folder of something else must not make a listing slow. */
const MAX_FOLDERS = 500;

/** Of these the first that is there is loaded. */
const MODEL_FILES = ['model_quantized.onnx', 'model.onnx'] as const;

/** Models below a cache folder, by name. Folders without a config.json are none. Never throws. */
export function localModels(cacheFolder: string): readonly LocalModel[] {
  const owners = foldersIn(cacheFolder);
  const names = owners.flatMap((owner) => [
    owner,
    ...foldersIn(join(cacheFolder, owner)).map((name) => `${owner}/${name}`),
  ]);
  return names
    .slice(0, MAX_FOLDERS)
    .filter((name) => existsSync(join(cacheFolder, name, 'config.json')))
    .map((name) => describe(name, join(cacheFolder, name)));
}

function describe(name: string, folder: string): LocalModel {
  const files = [folder, join(folder, 'onnx')].flatMap((each) =>
    entriesOf(each).flatMap((entry) => (entry.isFile() ? [join(each, entry.name)] : [])),
  );
  const bytes = files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  const hasModel = MODEL_FILES.some((file) => files.includes(join(folder, 'onnx', file)));
  const hasTokenizer = existsSync(join(folder, 'tokenizer.json'));
  const missing = [...(hasModel ? [] : ['onnx/model.onnx']), ...(hasTokenizer ? [] : ['tokenizer.json'])];
  return {
    name,
    folder,
    kind: kindOfFolder(folder),
    bytes,
    problem: missing.length > 0 ? `it lacks ${missing.join(' and ')}` : null,
  };
}

/** By the class that config.json names. */
export function kindOfFolder(folder: string): ModelKind {
  try {
    const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as { architectures?: unknown };
    const names = String(Array.isArray(config.architectures) ? config.architectures : '');
    if (/ForSequenceClassification/.test(names)) return 'rerank';
    return /ForCausalLM|LMHead|ForConditionalGeneration/.test(names) ? 'answer' : 'embed';
  } catch {
    // Not JSON: loading it will say so.
    return 'embed';
  }
}

const foldersIn = (folder: string): string[] =>
  entriesOf(folder)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort()
    .slice(0, MAX_FOLDERS);

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Not there, or not readable: nothing can be used of it.
    return [];
  }
}
