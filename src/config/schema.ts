import { webAddress } from './addresses.ts';
import { HISTORY_SETTINGS } from './history-settings.ts';
import { JOB_SETTINGS } from './job-settings.ts';
import { MODEL_SETTINGS } from './model-settings.ts';
import { PRIVACY_SETTINGS } from './privacy-settings.ts';
import { PROVIDER_SETTINGS } from './provider-settings.ts';
import { READING_SETTINGS } from './reading-settings.ts';
import { choice, integer, optionalDuration, optionalText, requiredText, type Setting, toggle } from './setting.ts';

/** `provider/model` or a provider; what follows may be a folder with spaces. */
function embedderName(text: string): string {
  if (/^[a-z][a-z0-9-]*(\/.+)?$/.test(text)) return text;
  throw new Error(`must be provider/model, such as ollama/nomic-embed-text, not ${JSON.stringify(text)}`);
}

/** `provider/model` or none; of an alias there is no reranker. */
function rerankerName(text: string): string {
  if (text === 'none' || /^[a-z][a-z0-9-]*\/.+$/.test(text)) return text;
  throw new Error(`must be provider/model, such as cohere/rerank-v3.5, not ${JSON.stringify(text)}`);
}

/**
 * Every setting there is. Types, checks, help, `rag config list` and the README's table are made from this table.
 * The environment variable of `search.perDocument` is RAG_SEARCH_PER_DOCUMENT, and so on.
 */
export const SETTINGS = {
  ...MODEL_SETTINGS,
  ...HISTORY_SETTINGS,
  'embedder.model': optionalText({
    type: 'provider/model',
    normalize: embedderName,
    default: undefined,
    defaultText: "the database's, else `builtin/ragstone-static-1`",
    project: 'trusted',
    description:
      'Model that makes the vectors: builtin, or a provider with a model; `rag models use` changes those of a database',
  }),
  'chunk.targetTokens': integer({
    min: 16,
    max: 8192,
    default: 300,
    unit: 'tokens',
    project: 'always',
    description: 'Length that passages are cut to where the structure allows',
  }),
  'chunk.maxTokens': integer({
    min: 16,
    max: 8192,
    default: 512,
    unit: 'tokens',
    project: 'always',
    description: 'Length that no passage exceeds',
  }),
  'chunk.overlapTokens': integer({
    min: 0,
    max: 4096,
    default: 0,
    unit: 'tokens',
    project: 'always',
    description: 'Most that a passage repeats of the one before it, where it has room; program code is never repeated',
  }),
  'search.limit': integer({
    min: 1,
    max: 1000,
    default: 10,
    unit: 'hits',
    project: 'always',
    description: 'Most hits of a search',
  }),
  'search.mode': choice(['hybrid', 'lexical', 'vector'], {
    default: 'hybrid',
    project: 'always',
    description: 'By words, by meaning, or by both',
  }),
  'search.perDocument': integer({
    min: 0,
    max: 1000,
    default: 0,
    unit: 'hits',
    project: 'always',
    description: 'Most hits of one document; 0 sets no bound',
  }),
  'rerank.model': optionalText({
    type: 'provider/model',
    normalize: rerankerName,
    default: undefined,
    defaultText: 'none',
    project: 'trusted',
    description:
      'Model that puts the best passages in a better order: transformers/<folder or name on the Hub>, cohere/, voyage/, jina/ with a model, or llm/ with a model that writes answers',
  }),
  'rerank.candidates': integer({
    min: 1,
    max: 500,
    default: 50,
    unit: 'passages',
    project: 'trusted',
    description: 'Passages that are reranked; the others follow in their order',
  }),
  'rerank.budgetMs': optionalDuration({
    max: 3_600_000,
    default: undefined,
    defaultText: 'none',
    project: 'always',
    description: 'Longest time for reranking, such as 500ms or 2s; then the order before it is kept',
  }),
  'database.key': optionalText({
    default: undefined,
    defaultText: 'none',
    project: 'never',
    secret: true,
    description: 'Key of an encrypted database; never printed, and never read from a project file',
  }),
  'database.keyFile': optionalText({
    type: 'path',
    default: undefined,
    defaultText: 'none',
    project: 'never',
    description: 'File whose first line is the key of an encrypted database; database.key goes before it',
  }),
  'log.questions': toggle({
    default: true,
    project: 'trusted',
    description: 'Keep the questions that are asked, in the database and nowhere else, for `rag gaps`',
  }),
  ...READING_SETTINGS,
  ...PRIVACY_SETTINGS,
  ...JOB_SETTINGS,
  ...PROVIDER_SETTINGS,
  'generate.contextTokens': integer({
    min: 0,
    max: 1_000_000,
    default: 0,
    defaultText: 'by the model: 2500 to 6000',
    unit: 'tokens',
    project: 'trusted',
    description: 'Most tokens that passages take in a prompt; 0 chooses by what the model holds',
  }),
  'generate.firstByteTimeoutMs': integer({
    min: 100,
    max: 3_600_000,
    // A model that is not yet in memory may need a minute or more to load from a slow disk.
    default: 120_000,
    unit: 'milliseconds',
    project: 'trusted',
    description: 'Longest wait for a model to begin its answer',
  }),
  'generate.idleTimeoutMs': integer({
    min: 100,
    max: 3_600_000,
    default: 60_000,
    unit: 'milliseconds',
    project: 'trusted',
    description: 'Longest pause within an answer',
  }),
  'generate.maxRetries': integer({
    min: 0,
    max: 10,
    default: 2,
    unit: 'attempts',
    project: 'trusted',
    description: 'Further attempts when a model server is busy or refuses, before any text has come',
  }),
  'http.proxy': optionalText({
    type: 'URL',
    normalize: webAddress,
    default: undefined,
    defaultText: 'none',
    project: 'never',
    aliases: [{ name: 'HTTPS_PROXY' }, { name: 'https_proxy' }, { name: 'HTTP_PROXY' }, { name: 'http_proxy' }],
    description: 'Proxy for http and https, except to this machine',
  }),
  'http.noProxy': optionalText({
    type: 'hosts',
    default: undefined,
    defaultText: 'none',
    project: 'never',
    aliases: [{ name: 'NO_PROXY' }, { name: 'no_proxy' }],
    description: 'Hosts that are reached without the proxy, separated by commas',
  }),
  'http.pageTimeoutMs': integer({
    min: 100,
    max: 600_000,
    default: 20_000,
    unit: 'milliseconds',
    project: 'trusted',
    description: 'Longest time that a crawl waits for one page',
  }),
  'chat.pager': requiredText({
    type: 'command',
    default: 'less',
    project: 'never',
    aliases: [{ name: 'PAGER' }],
    description: 'Program that shows a source in the chat; it is given the text on its input',
  }),
  'chat.editor': requiredText({
    type: 'command',
    default: 'vi',
    project: 'never',
    aliases: [{ name: 'VISUAL' }, { name: 'EDITOR' }],
    description: 'Program that edits a source from the chat, at its line where rag knows how to say so',
  }),
  'chat.opener': optionalText({
    type: 'command',
    default: undefined,
    defaultText: 'what the system opens files with',
    project: 'never',
    description: 'Program that opens PDF files, office documents and web pages from the chat',
  }),
  offline: toggle({
    default: false,
    project: 'trusted',
    description: 'Reach no other machine: URLs and remote models are refused',
  }),
  color: choice(['auto', 'always', 'never'], {
    default: 'auto',
    project: 'always',
    aliases: [
      { name: 'NO_COLOR', read: () => 'never' },
      { name: 'TERM', read: (value) => (value === 'dumb' ? 'never' : undefined) },
    ],
    description: 'Colour in the terminal; auto means only when the output is a terminal',
  }),
} as const satisfies Readonly<Record<string, Setting<never> | Setting<unknown>>>;

export type SettingKey = keyof typeof SETTINGS;

export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

export const isSettingKey = (text: string): text is SettingKey => Object.hasOwn(SETTINGS, text);

/** The table's row without the type of its value, for code that treats all keys alike. */
export const settingOf = (key: SettingKey): Setting<unknown> => SETTINGS[key] as Setting<unknown>;

/** `search.perDocument` -> RAG_SEARCH_PER_DOCUMENT. */
export const environmentNameOf = (key: SettingKey): string =>
  `RAG_${key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toUpperCase()}`;
