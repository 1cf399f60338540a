import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createProxiedFetch } from '../http/proxied-fetch.ts';
import { isFileMissing } from './load-problem.ts';
import type { ModelSource } from './model-source.ts';

export type TransformersLibrary = typeof import('@huggingface/transformers');

/**
 * The library, told where its models are. Reads the model's configuration, which says what is missing: the tokenizer
 * fails with a message about its own code when nothing is there.
 */
export async function openLibrary(source: ModelSource): Promise<TransformersLibrary> {
  const library = await import('@huggingface/transformers');
  const { AutoConfig, env, LogLevel } = library;
  env.logLevel = LogLevel.NONE;
  env.cacheDir = source.cacheFolder;
  env.remoteHost = `${source.endpoint}/`;
  env.allowRemoteModels = !source.offline && source.isAskedFor && !source.isFolder;
  if (source.proxy !== undefined) env.fetch = createProxiedFetch(source);
  // A name of the Hub must not be taken for a folder below the library.
  env.localModelPath = source.cacheFolder;
  await AutoConfig.from_pretrained(source.model);
  if (source.isFolder) assertFiles(source.model, ['tokenizer.json', 'tokenizer_config.json']);
  return library;
}

function assertFiles(folder: string, names: readonly string[]): void {
  const missing = names.filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) throw new Error(`its folder has no ${missing.join(' and no ')}`);
}

export type ModelForm = { readonly dtype: 'q8' | 'fp32' | 'q4'; readonly subfolder?: string };

/**
 * What `load` gives for the first form that is there. Of a model with both, the quantized one is taken: it is a quarter
 * as large. `optimum` writes model.onnx beside config.json.
 */
export async function loadFirstForm<Model>(
  source: ModelSource,
  load: (form: ModelForm) => Promise<Model>,
): Promise<Model> {
  const forms = formsOf(source);
  for (const form of forms.slice(0, -1)) {
    try {
      return await load(form);
    } catch (error) {
      if (!isFileMissing(error)) throw error;
    }
  }
  return await load(forms.at(-1) as ModelForm);
}

function formsOf({ isFolder, model }: ModelSource): readonly ModelForm[] {
  const all: readonly (ModelForm & { readonly file: string })[] = [
    { dtype: 'q8', file: 'onnx/model_quantized.onnx' },
    { dtype: 'fp32', file: 'onnx/model.onnx' },
    { dtype: 'q8', file: 'model_quantized.onnx', subfolder: '' },
    { dtype: 'fp32', file: 'model.onnx', subfolder: '' },
    { dtype: 'q4', file: 'onnx/model_q4.onnx' },
  ];
  const forms = isFolder ? all.filter(({ file }) => existsSync(join(model, file))) : all.slice(0, 2);
  if (forms.length === 0) throw new Error(`it has none of ${all.map(({ file }) => file).join(', ')}`);
  return forms.map(({ file: _, ...form }) => form);
}
