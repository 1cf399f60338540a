import { fencePassage } from '../../answer/fence-passage.ts';
import { packContext } from '../../answer/pack-context.ts';
import { estimatePromptTokens } from '../../answer/prompt-tokens.ts';
import type { AppContext } from '../app-context.ts';
import { findEvidence } from '../find-evidence.ts';
import type { ContextLayout, ContextOptions, ContextResult } from '../types.ts';
import { passagesFor } from './context-budget.ts';
import { surroundingsIn } from './surroundings.ts';

/** For a reader of whom nothing is known: most models of today hold several times as much. */
const BUDGET_TOKENS = 4000;

/** As a prompt of `ask` has them. */
const PROMPT_LAYOUT: ContextLayout = { frame: () => '', passage: fencePassage };

/**
 * Finds what answers a question as `ask` does, and chooses what fits into the budget. Without a passage when nothing is
 * found or nothing fits. Throws as `search` does.
 */
export async function contextFor(
  context: AppContext,
  question: string,
  options: ContextOptions = {},
): Promise<ContextResult> {
  const { budgetTokens = BUDGET_TOKENS, layout = PROMPT_LAYOUT, ...searching } = options;
  const { result } = await findEvidence(context, question, {
    ...searching,
    limit: options.limit ?? passagesFor(budgetTokens),
    readTokens: budgetTokens,
  });
  const frame = estimatePromptTokens(layout.frame(result));
  const packed = packContext({
    hits: result.hits,
    maxTokens: Math.max(0, budgetTokens - frame),
    order: result.route?.kind === 'document' ? 'given' : 'ends',
    around: surroundingsIn(context.store),
    render: layout.passage,
  });
  const noRoom = result.hits.length > 0 && packed.passages.length === 0;
  return {
    question,
    budgetTokens,
    tokens: frame + estimatePromptTokens(packed.text),
    passages: packed.passages,
    found: noRoom ? { ...result, notes: [...result.notes, whyNothingFits(frame, budgetTokens)] } : result,
  };
}

/** The head repeats the question, which may be long. */
const whyNothingFits = (frameTokens: number, budgetTokens: number): string =>
  frameTokens >= budgetTokens
    ? `The head with the question takes ${frameTokens} tokens of ${budgetTokens}, which leaves no room for a passage.`
    : `No passage fits into ${budgetTokens} tokens with its header.`;
