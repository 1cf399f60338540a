import type { ModelPrice } from '../../config/price-settings.ts';

/** Names of one price, then input, output and, where it is less, cached input. */
type Row = readonly [names: string, input: number, output: number, cachedInput?: number];

/**
 * US dollars for a million tokens, for ordinary requests of ordinary length: no batches, no tiers for long
 * prompts. From the public price pages of the providers, as they were known in autumn 2026 (Anthropic,
 * OpenAI) or in autumn 2025 (the others); where a price has moved, the higher one. They change: `models.prices` goes
 * before them. Only models that are listed have a price, as the next version of a model may cost twice as much.
 */
const ROWS: readonly Row[] = [
  ['openai/gpt-5 openai/gpt-5-chat openai/gpt-5.1 openai/gpt-5.1-chat', 1.25, 10, 0.125],
  ['openai/gpt-5-mini', 0.25, 2, 0.025],
  ['openai/gpt-5-nano', 0.05, 0.4, 0.005],
  ['openai/gpt-5.2 openai/gpt-5.2-chat', 1.75, 14, 0.175],
  ['openai/gpt-5.4', 2.5, 15, 0.25],
  ['openai/gpt-5.4-mini', 0.75, 4.5, 0.075],
  ['openai/gpt-5.4-nano', 0.2, 1.25, 0.02],
  ['openai/gpt-5.5', 5, 30, 0.5],
  ['openai/gpt-4.1', 2, 8, 0.5],
  ['openai/gpt-4.1-mini', 0.4, 1.6, 0.1],
  ['openai/gpt-4.1-nano', 0.1, 0.4, 0.025],
  ['openai/gpt-4o', 2.5, 10, 1.25],
  ['openai/gpt-4o-2024-05-13 openai/chatgpt-4o', 5, 15],
  ['openai/gpt-4o-mini', 0.15, 0.6, 0.075],
  ['openai/o3', 2, 8, 0.5],
  ['openai/o3-mini', 1.1, 4.4, 0.55],
  ['openai/o4-mini', 1.1, 4.4, 0.275],
  ['openai/gpt-3.5-turbo', 0.5, 1.5],
  ['openai/text-embedding-3-small', 0.02, 0],
  ['openai/text-embedding-3-large', 0.13, 0],

  ['anthropic/claude-fable-5', 10, 50, 1],
  ['anthropic/claude-opus-5 anthropic/claude-opus-4-8 anthropic/claude-opus-4-7', 5, 25, 0.5],
  ['anthropic/claude-opus-4-6 anthropic/claude-opus-4-5', 5, 25, 0.5],
  ['anthropic/claude-opus-4-1 anthropic/claude-opus-4-0 anthropic/claude-opus-4 anthropic/claude-3-opus', 15, 75, 1.5],
  ['anthropic/claude-sonnet-5 anthropic/claude-sonnet-5-5', 2, 10, 0.2],
  ['anthropic/claude-sonnet-4-6 anthropic/claude-sonnet-4-5 anthropic/claude-sonnet-4-0', 3, 15, 0.3],
  ['anthropic/claude-sonnet-4 anthropic/claude-3-7-sonnet anthropic/claude-3-5-sonnet', 3, 15, 0.3],
  ['anthropic/claude-haiku-4-5', 1, 5, 0.1],
  ['anthropic/claude-3-5-haiku', 0.8, 4, 0.08],
  ['anthropic/claude-3-haiku', 0.25, 1.25, 0.03],

  ['google/gemini-2.5-pro', 1.25, 10, 0.125],
  ['google/gemini-2.5-flash', 0.3, 2.5, 0.03],
  ['google/gemini-2.5-flash-lite', 0.1, 0.4, 0.01],
  ['google/gemini-2.0-flash google/gemini-2.0-flash-001', 0.1, 0.4, 0.025],
  ['google/gemini-2.0-flash-lite google/gemini-2.0-flash-lite-001', 0.075, 0.3],
  ['google/gemini-embedding-001', 0.15, 0],

  ['mistral/mistral-large mistral/mistral-large-2411', 2, 6],
  ['mistral/mistral-medium mistral/mistral-medium-2505 mistral/mistral-medium-2508', 0.4, 2],
  ['mistral/mistral-small mistral/mistral-small-2503 mistral/mistral-small-2506', 0.1, 0.3],
  ['mistral/magistral-medium', 2, 5],
  ['mistral/magistral-small', 0.5, 1.5],
  ['mistral/codestral', 0.3, 0.9],
  ['mistral/ministral-8b', 0.1, 0.1],
  ['mistral/ministral-3b', 0.04, 0.04],
  ['mistral/open-mistral-nemo', 0.15, 0.15],
  ['mistral/mistral-embed', 0.1, 0],

  ['deepseek/deepseek-chat deepseek/deepseek-reasoner', 0.28, 0.42, 0.028],

  ['cohere/command-a-03-2025 cohere/command-r-plus-08-2024', 2.5, 10],
  ['cohere/command-r-08-2024', 0.15, 0.6],
  ['cohere/command-r7b-12-2024', 0.0375, 0.15],
  ['cohere/embed-v4.0', 0.12, 0],
  ['cohere/embed-english-v3.0 cohere/embed-multilingual-v3.0', 0.1, 0],

  ['voyage/voyage-3-large', 0.18, 0],
  ['voyage/voyage-3.5', 0.06, 0],
  ['voyage/voyage-3.5-lite', 0.02, 0],
];

/** Times the price of input, for a cache that lasts five minutes. */
const ANTHROPIC_CACHE_WRITE = 1.25;

/** Each model under its name, as its latest version, and as that of a day, such as `gpt-4o-2024-08-06`. */
export const DEFAULT_PRICES: Readonly<Record<string, ModelPrice>> = Object.fromEntries(
  ROWS.flatMap(([names, input, output, cachedInput]) => {
    const cacheWrite = names.startsWith('anthropic/') ? { cacheWrite: input * ANTHROPIC_CACHE_WRITE } : {};
    const price = { input, output, ...(cachedInput !== undefined && { cachedInput }), ...cacheWrite };
    return names.split(' ').flatMap((name) => [name, `${name}-latest`, `${name}-20*`].map((key) => [key, price]));
  }),
);
