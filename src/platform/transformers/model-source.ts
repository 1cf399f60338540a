import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { RagError } from '../errors.ts';
import type { ProxySettings } from '../http/proxied-fetch.ts';

/** Where a model is taken from and kept. Can be sent to another process. */
export type ModelSource = ProxySettings & {
  /** Absolute path of a folder, or a name on the Hub. */
  readonly model: string;
  readonly isFolder: boolean;
  readonly cacheFolder: string;
  readonly endpoint: string;
  readonly offline: boolean;
  /** False where nobody asked for this model by name: then it is not downloaded. */
  readonly isAskedFor: boolean;
};

export type TransformersSettings = ProxySettings & {
  /** Where models of the Hub are kept. */
  readonly cacheFolder: string;
  /** Address of the Hub. */
  readonly endpoint: string;
  /** Take what is there and download nothing. */
  readonly offline: boolean;
  /** False where nobody asked for the model by name, as when a database names it; true unless said otherwise. */
  readonly isAskedFor?: boolean;
  /** Script of the process that runs the model; the built one unless said otherwise. */
  readonly workerEntry?: URL;
};

/** `owner/name`, or a name alone. */
export const isHubName = (model: string): boolean => /^[\w-][\w.-]*(\/[\w-][\w.-]*)?$/.test(model);

/** The absolute path that a model's name means when it is one of a folder. */
export const folderOf = (model: string): string =>
  resolve(model.startsWith('~/') ? join(homedir(), model.slice(2)) : model);

/** Whether there is a model in a folder of this name. */
export const isModelFolder = (model: string): boolean => existsSync(join(folderOf(model), 'config.json'));

/**
 * A folder where there is one, else a name of the Hub. `name` is the model with its provider, for messages. Throws
 * MODEL_NOT_FOUND for what is neither.
 */
export function modelSourceOf(model: string, name: string, settings: TransformersSettings): ModelSource {
  const { cacheFolder, endpoint, offline, isAskedFor = true, proxy, noProxy } = settings;
  const folder = folderOf(model);
  const isFolder = isModelFolder(model);
  if (!isFolder && (existsSync(folder) || !isHubName(model))) {
    throw new RagError('MODEL_NOT_FOUND', {
      message: `"${name}": ${existsSync(folder) ? `${folder} has no config.json` : `there is no folder ${folder}`}.`,
      hint: 'Name a folder with config.json, tokenizer.json and onnx/model.onnx, or a model of the Hub as owner/name.',
      details: { folder },
    });
  }
  return { model: isFolder ? folder : model, isFolder, cacheFolder, endpoint, offline, isAskedFor, proxy, noProxy };
}
