import type { Settings } from '../../config/types.ts';
import { contextWindowOf } from '../../generate/context-windows.ts';

/** Fits the 4,096 that small local models are served with, question, rules and answer included. */
const LEAST_TOKENS = 2500;
/** Beyond, passages rarely hold what those before them lack (`npm run bench:evidence`), and every token is paid for. */
const MOST_TOKENS = 6000;
/** The rest of the window is for the rules, the conversation and the answer. */
const WINDOW_SHARE = 0.6;

/** Prompt tokens that passages may take: as asked, as set, or by what the model holds. */
export function contextBudget(
  model: string | undefined,
  { generate }: Pick<Settings, 'generate'>,
  asked?: number,
): number {
  if (asked !== undefined) return asked;
  if (generate.contextTokens > 0) return generate.contextTokens;
  const window = model === undefined ? null : contextWindowOf(model);
  return window === null
    ? LEAST_TOKENS
    : Math.max(LEAST_TOKENS, Math.min(MOST_TOKENS, Math.floor(window * WINDOW_SHARE)));
}

/** Fewer hits leave room for what stands beside them, which holds more of the evidence than hits further down. */
const TOKENS_FOR_A_HIT = 550;

/** Hits that a context of so many tokens is chosen from. */
export const passagesFor = (budgetTokens: number): number =>
  Math.max(8, Math.min(60, Math.ceil(budgetTokens / TOKENS_FOR_A_HIT)));
