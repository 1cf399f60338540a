import type { Settings } from '../../config/types.ts';
import { RagError } from '../../platform/errors.ts';
import { isModelFolder } from '../../platform/transformers/model-source.ts';
import { isLoopback } from '../is-loopback.ts';
import { providerOf } from './providers.ts';
import { pullFromHub } from './pull-from-hub.ts';
import { pullFromOllama } from './pull-from-ollama.ts';
import type { PullEvent, PullOptions } from './pull-types.ts';

type PullModelOptions = PullOptions & {
  readonly settings: Settings;
  readonly cacheFolder: string;
  readonly again?: boolean;
};

/** Brings a model onto this machine. Throws OFFLINE, USAGE for one that runs elsewhere, and what its source throws. */
export function pullModel(name: string, options: PullModelOptions): AsyncIterable<PullEvent> {
  const { settings, ...rest } = options;
  const provider = providerOf(name);
  const model = name.slice(provider.length + 1);
  const { host } = settings.ollama;
  const { endpoint } = settings.huggingface;
  if (provider === 'ollama' && model !== '') {
    if (settings.offline) throw offline(name, 'the Ollama server would download it');
    return pullFromOllama(model, { ...rest, host });
  }
  if (provider === 'transformers' && model !== '') {
    if (isModelFolder(model)) throw nothingToPull(`${name} is a folder on this machine.`);
    if (settings.offline && !isLoopback(endpoint)) throw offline(name, `it is at ${new URL(endpoint).host}`);
    return pullFromHub(model, { ...rest, endpoint });
  }
  if (provider === 'builtin') throw nothingToPull('The built-in model is a part of rag.');
  throw nothingToPull(`"${name.slice(0, 200)}" is none of Ollama's or of the Hub's.`);
}

const offline = (name: string, why: string): RagError =>
  new RagError('OFFLINE', {
    message: `${name} is not downloaded while offline: ${why}.`,
    hint: 'Leave out --offline, or set `offline` to false.',
  });

const nothingToPull = (message: string): RagError =>
  new RagError('USAGE', {
    message: `${message} There is nothing to download.`,
    hint: 'Write ollama/<model> or transformers/<owner>/<name>.',
  });
