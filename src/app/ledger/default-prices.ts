import type { ModelPrice } from '../../config/price-settings.ts';

/**
 * US dollars for a million tokens, as the providers' public price pages listed them in autumn 2025, for ordinary requests
 * without a discount for batches or long prompts. They change; `models.prices` goes before them. A name that ends in "*"
 * stands for all that begin so, the longest one first.
 */
export const DEFAULT_PRICES: Readonly<Record<string, ModelPrice>> = {
  'openai/gpt-5*': { input: 1.25, output: 10, cachedInput: 0.125 },
  'openai/gpt-5-mini*': { input: 0.25, output: 2, cachedInput: 0.025 },
  'openai/gpt-5-nano*': { input: 0.05, output: 0.4, cachedInput: 0.005 },
  'openai/gpt-5-pro*': { input: 15, output: 120 },
  'openai/gpt-4.1*': { input: 2, output: 8, cachedInput: 0.5 },
  'openai/gpt-4.1-mini*': { input: 0.4, output: 1.6, cachedInput: 0.1 },
  'openai/gpt-4.1-nano*': { input: 0.1, output: 0.4, cachedInput: 0.025 },
  'openai/gpt-4o*': { input: 2.5, output: 10, cachedInput: 1.25 },
  'openai/gpt-4o-2024-05-13': { input: 5, output: 15 },
  'openai/gpt-4o-mini*': { input: 0.15, output: 0.6, cachedInput: 0.075 },
  'openai/o3*': { input: 2, output: 8, cachedInput: 0.5 },
  'openai/o3-mini*': { input: 1.1, output: 4.4, cachedInput: 0.55 },
  'openai/o3-pro*': { input: 20, output: 80 },
  'openai/o4-mini*': { input: 1.1, output: 4.4, cachedInput: 0.275 },
  'openai/gpt-3.5-turbo*': { input: 0.5, output: 1.5 },
  'openai/text-embedding-3-small': { input: 0.02, output: 0 },
  'openai/text-embedding-3-large': { input: 0.13, output: 0 },

  'anthropic/claude-opus-4-5*': { input: 5, output: 25, cachedInput: 0.5 },
  'anthropic/claude-opus-4*': { input: 15, output: 75, cachedInput: 1.5 },
  'anthropic/claude-sonnet-4*': { input: 3, output: 15, cachedInput: 0.3 },
  'anthropic/claude-haiku-4*': { input: 1, output: 5, cachedInput: 0.1 },
  'anthropic/claude-3-7-sonnet*': { input: 3, output: 15, cachedInput: 0.3 },
  'anthropic/claude-3-5-sonnet*': { input: 3, output: 15, cachedInput: 0.3 },
  'anthropic/claude-3-5-haiku*': { input: 0.8, output: 4, cachedInput: 0.08 },
  'anthropic/claude-3-opus*': { input: 15, output: 75, cachedInput: 1.5 },
  'anthropic/claude-3-haiku*': { input: 0.25, output: 1.25, cachedInput: 0.03 },

  'google/gemini-2.5-pro*': { input: 1.25, output: 10, cachedInput: 0.125 },
  'google/gemini-2.5-flash*': { input: 0.3, output: 2.5, cachedInput: 0.03 },
  'google/gemini-2.5-flash-lite*': { input: 0.1, output: 0.4, cachedInput: 0.01 },
  'google/gemini-2.0-flash*': { input: 0.1, output: 0.4, cachedInput: 0.025 },
  'google/gemini-2.0-flash-lite*': { input: 0.075, output: 0.3 },
  'google/gemini-embedding-001': { input: 0.15, output: 0 },

  'mistral/mistral-large*': { input: 2, output: 6 },
  'mistral/mistral-medium*': { input: 0.4, output: 2 },
  'mistral/mistral-small*': { input: 0.1, output: 0.3 },
  'mistral/magistral-medium*': { input: 2, output: 5 },
  'mistral/magistral-small*': { input: 0.5, output: 1.5 },
  'mistral/codestral*': { input: 0.3, output: 0.9 },
  'mistral/ministral-8b*': { input: 0.1, output: 0.1 },
  'mistral/ministral-3b*': { input: 0.04, output: 0.04 },
  'mistral/open-mistral-nemo*': { input: 0.15, output: 0.15 },
  'mistral/mistral-embed*': { input: 0.1, output: 0 },

  'deepseek/deepseek-chat': { input: 0.28, output: 0.42, cachedInput: 0.028 },
  'deepseek/deepseek-reasoner': { input: 0.28, output: 0.42, cachedInput: 0.028 },

  'cohere/command-a*': { input: 2.5, output: 10 },
  'cohere/command-r-plus*': { input: 2.5, output: 10 },
  'cohere/command-r*': { input: 0.15, output: 0.6 },
  'cohere/command-r7b*': { input: 0.0375, output: 0.15 },
  'cohere/embed-v4*': { input: 0.12, output: 0 },
  'cohere/embed-*': { input: 0.1, output: 0 },

  'voyage/voyage-3-large': { input: 0.18, output: 0 },
  'voyage/voyage-3.5': { input: 0.06, output: 0 },
  'voyage/voyage-3.5-lite': { input: 0.02, output: 0 },
};
