import type { SearchFilter, SearchMode } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import { nearestName } from '../../platform/nearest-name.ts';
import type { AppContext } from '../app-context.ts';
import { generatorFor } from '../generator-for.ts';
import { one } from '../references.ts';
import type { ChatSettings } from './types.ts';

const MODES: readonly SearchMode[] = ['hybrid', 'lexical', 'vector'];
export const MAX_LIMIT = 50;
/** With the 2,500 tokens of passages, the rules, a question and its answer, it fits the 4,096 that small models have. */
const MEMORY_TOKENS = 600;
export const MAX_MEMORY_TOKENS = 100_000;
const MAX_CONTEXT_TOKENS = 1_000_000;
const MAX_SYSTEM_LENGTH = 8_000;
const MAX_FILES = 50;

export const defaultChatSettings = ({ settings }: Pick<AppContext, 'settings'>): ChatSettings => ({
  filter: {},
  files: [],
  limit: Math.min(settings.search.limit, MAX_LIMIT),
  mode: settings.search.mode,
  memoryTokens: MEMORY_TOKENS,
});

/** Settings with a change, checked: USAGE, NOT_FOUND for a document or collection, MODEL_UNKNOWN or OFFLINE for a model. */
export function changedSettings(
  context: AppContext,
  before: ChatSettings,
  change: Partial<ChatSettings>,
): ChatSettings {
  const { model, system, limit, mode, memoryTokens, contextTokens, filter, files } = change;
  if (model !== undefined) generatorFor(model, context, 'chat');
  if (system !== undefined && system.length > MAX_SYSTEM_LENGTH)
    throw usage(
      `Instructions may have ${MAX_SYSTEM_LENGTH} characters; these have ${system.length}.`,
      'Say it shorter.',
    );
  checkWhole('limit', limit, { from: 1, to: MAX_LIMIT });
  checkWhole('budget', contextTokens, { from: 1, to: MAX_CONTEXT_TOKENS });
  checkWhole('memory', memoryTokens, { from: 0, to: MAX_MEMORY_TOKENS });
  if (mode !== undefined && !MODES.includes(mode))
    throw usage(`"${mode}" is no mode.`, `It is one of ${MODES.join(', ')}.`);
  if (filter?.collections) checkCollections(context, filter.collections);
  if (files && files.length > MAX_FILES)
    throw usage(
      `At most ${MAX_FILES} documents can be named; these are ${files.length}.`,
      'Use /filter path:<folder>.',
    );
  return {
    ...before,
    ...change,
    ...(files ? { files: [...new Set(files.map((file) => one(context.store, file).path))] } : {}),
  };
}

/** The filter of a question: what was chosen, and the documents that were named. */
export const filterOfChat = ({ filter, files }: ChatSettings): SearchFilter =>
  files.length === 0 ? filter : { ...filter, also: [...(filter.also ?? []), { paths: files }] };

/** Settings as a session kept them; what is damaged or of another version is the default. */
export function readChatSettings(context: AppContext, stored: unknown): ChatSettings {
  const kept = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<ChatSettings>;
  const before = defaultChatSettings(context);
  return {
    filter: typeof kept.filter === 'object' && kept.filter !== null ? kept.filter : {},
    files: Array.isArray(kept.files) ? kept.files.filter((file) => typeof file === 'string').slice(0, MAX_FILES) : [],
    limit: isWhole(kept.limit, { from: 1, to: MAX_LIMIT }) ? kept.limit : before.limit,
    mode: MODES.find((mode) => mode === kept.mode) ?? before.mode,
    memoryTokens: isWhole(kept.memoryTokens, { from: 0, to: MAX_MEMORY_TOKENS })
      ? kept.memoryTokens
      : before.memoryTokens,
    ...(isWhole(kept.contextTokens, { from: 1, to: MAX_CONTEXT_TOKENS }) ? { contextTokens: kept.contextTokens } : {}),
    ...(typeof kept.model === 'string' ? { model: kept.model } : {}),
    ...(typeof kept.system === 'string' ? { system: kept.system.slice(0, MAX_SYSTEM_LENGTH) } : {}),
  };
}

type Range = { readonly from: number; readonly to: number };

const isWhole = (value: unknown, { from, to }: Range): value is number =>
  Number.isInteger(value) && (value as number) >= from && (value as number) <= to;

function checkWhole(name: string, value: number | undefined, range: Range): void {
  if (value === undefined || isWhole(value, range)) return;
  throw usage(`${name} is ${value}.`, `It must be a whole number from ${range.from} to ${range.to}.`);
}

function checkCollections({ store }: AppContext, names: readonly string[]): void {
  const there = store.collections().map(({ name }) => name);
  const missing = names.find((name) => !there.includes(name));
  if (missing === undefined) return;
  const near = nearestName(missing, there);
  throw new RagError('NOT_FOUND', {
    message: `There is no collection "${missing}".`,
    hint: near ? `Did you mean ${near}?` : `There are: ${there.slice(0, 20).join(', ') || 'none yet'}.`,
  });
}

const usage = (message: string, hint: string): RagError => new RagError('USAGE', { message, hint });
