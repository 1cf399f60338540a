import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { RagError } from '../errors.ts';

/** Where a model is taken from and kept. */
export type ModelSource = {
  /** Absolute path of a folder, or a name on the Hub. */
  readonly model: string;
  readonly isFolder: boolean;
  readonly cacheFolder: string;
  readonly endpoint: string;
  readonly offline: boolean;
};

export type TransformersSettings = {
  /** Where models of the Hub are kept. */
  readonly cacheFolder: string;
  /** Address of the Hub. */
  readonly endpoint: string;
  /** Take what is there and download nothing. */
  readonly offline: boolean;
  /** Script of the process that runs the model; the built one unless said otherwise. */
  readonly workerEntry?: URL;
};

/** `owner/name`, or a name alone. */
const HUB_NAME = /^[\w-][\w.-]*(\/[\w-][\w.-]*)?$/;

/**
 * A folder where there is one, else a name of the Hub. `name` is the model with its provider, for messages. Throws
 * MODEL_NOT_FOUND for what is neither.
 */
export function modelSourceOf(model: string, name: string, settings: TransformersSettings): ModelSource {
  const { cacheFolder, endpoint, offline } = settings;
  const folder = resolve(model.startsWith('~/') ? join(homedir(), model.slice(2)) : model);
  const isFolder = existsSync(join(folder, 'config.json'));
  if (!isFolder && (existsSync(folder) || !HUB_NAME.test(model))) {
    throw new RagError('MODEL_NOT_FOUND', {
      message: `"${name}": ${existsSync(folder) ? `${folder} has no config.json` : `there is no folder ${folder}`}.`,
      hint: 'Name a folder with config.json, tokenizer.json and onnx/model.onnx, or a model of the Hub as owner/name.',
      details: { folder },
    });
  }
  return { model: isFolder ? folder : model, isFolder, cacheFolder, endpoint, offline };
}
