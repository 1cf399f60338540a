import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createProxiedFetch } from '../../platform/http/proxied-fetch.ts';
import type { ModelSource } from '../../platform/transformers/model-source.ts';
import type { Pooling } from '../model-families.ts';
import type { EncoderDefaults } from './worker-messages.ts';

/** Files in which sentence-transformers writes how a model is used, beside it. */
export const FACT_FILES = [
  '1_Pooling/config.json',
  'sentence_bert_config.json',
  'config_sentence_transformers.json',
] as const;

const MAX_FILE_LENGTH = 100_000;
const DOWNLOAD_TIMEOUT_MS = 20_000;

type Json = Readonly<Record<string, unknown>>;

/** How a model is used: by its own files where it has them, else by its name. Throws an Error for a pooling that is none of ours. */
export function readFacts(source: ModelSource, defaults: EncoderDefaults): EncoderDefaults {
  const folder = folderOf(source);
  const [pooling, limits, prompts] = FACT_FILES.map((file) => readJson(join(folder, file)));
  const length = limits?.max_seq_length;
  const named = objectOf(prompts?.prompts);
  return {
    pooling: (pooling && poolingOf(pooling)) ?? defaults.pooling,
    maxTokens: typeof length === 'number' && length > 0 ? length : defaults.maxTokens,
    // Files that name prompts for one role only mean none for the other.
    query: promptOf(named, ['query', 'search_query', 's2p_query']) ?? (hasPrompts(named) ? '' : defaults.query),
    passage: promptOf(named, ['document', 'passage', 'search_document']) ?? (hasPrompts(named) ? '' : defaults.passage),
  };
}

/**
 * Downloads these files of a model of the Hub beside those that the library keeps, where they are there at all: the library
 * knows nothing of them. What fails is left out, since a model can be used without.
 */
export async function downloadFacts(source: ModelSource): Promise<void> {
  const fetch = createProxiedFetch(source);
  for (const file of FACT_FILES) {
    const target = join(folderOf(source), file);
    if (existsSync(target)) continue;
    try {
      const url = `${source.endpoint}/${source.model}/resolve/main/${file}`;
      const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
      const text = response.ok ? await response.text() : '';
      if (text === '' || text.length > MAX_FILE_LENGTH) continue;
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(`${target}.${process.pid}`, text);
      renameSync(`${target}.${process.pid}`, target);
    } catch {
      // The table of families stands in for them.
    }
  }
}

const folderOf = ({ isFolder, model, cacheFolder }: ModelSource): string =>
  isFolder ? model : join(cacheFolder, model);

function readJson(path: string): Json | null {
  try {
    return objectOf(JSON.parse(readFileSync(path, 'utf8').slice(0, MAX_FILE_LENGTH)));
  } catch {
    // Most models have only some of the files.
    return null;
  }
}

const objectOf = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;

/** Null where it says nothing. */
function poolingOf(config: Json): Pooling | null {
  const is = (flag: string, name: string): boolean => config[flag] === true || config.pooling_mode === name;
  if (is('pooling_mode_mean_tokens', 'mean')) return 'mean';
  if (is('pooling_mode_cls_token', 'cls')) return 'cls';
  if (is('pooling_mode_lasttoken', 'lasttoken')) return 'last';
  const others = Object.entries(config).filter(([name, value]) => name.startsWith('pooling_mode') && value);
  if (others.length === 0) return null;
  throw new Error('its 1_Pooling/config.json asks for another pooling than mean, first or last token');
}

const promptOf = (prompts: Json | null, names: readonly string[]): string | undefined =>
  names.map((name) => prompts?.[name]).find((prompt): prompt is string => typeof prompt === 'string' && prompt !== '');

const hasPrompts = (prompts: Json | null): boolean =>
  promptOf(prompts, ['query', 'search_query', 's2p_query', 'document', 'passage', 'search_document']) !== undefined;
