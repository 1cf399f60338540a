import { type Command, InvalidArgumentError } from 'commander';
import type { SearchOptions } from '../../src/app/types.ts';
import { parseDuration } from '../../src/config/duration.ts';
import type { FlagValues } from '../../src/config/types.ts';
import { usageError } from './flags.ts';
import type { Session } from './session.ts';

export type RerankFlags = {
  /** True for --rerank without a name, false for --no-rerank. */
  readonly rerank?: string | boolean;
  readonly budget?: string;
};

const BOUNDS_TIME = 'longest time for that, such as 500ms; then the order before it is kept';

/** `budget`: what --budget bounds here. */
export const addRerankFlags = (command: Command, budget = BOUNDS_TIME): Command =>
  command
    .option('--rerank [provider/model]', 'reorder the best passages by a model (setting rerank.model)', rerankerName)
    .option('--no-rerank', 'leave their order, whatever rerank.model says')
    .option(budget === BOUNDS_TIME ? '--budget <time>' : '--budget <tokens|time>', budget);

/** The word behind --rerank, which may be one of the query by mistake. */
function rerankerName(value: string): string {
  if (value === 'none' || value.includes('/')) return value;
  throw new InvalidArgumentError('It must be provider/model, or stand behind the query to have the one that is set.');
}

/**
 * What --budget bounds where passages are packed for a model: a bare number is tokens of the passages, a number with a unit
 * of time is that of reranking. Throws USAGE for what is neither.
 */
export function contextTokensOf({ budget }: RerankFlags): number | undefined {
  if (budget === undefined) return undefined;
  if (/^\d{1,7}$/.test(budget)) return Number(budget);
  if (parseDuration(budget) !== null) return undefined;
  throw usageError(
    `--budget must be a number of tokens such as 4000, or a time for reranking such as 500ms, not "${budget}".`,
    'At most 9,999,999 tokens.',
  );
}

/** The flags without a budget of tokens. */
export const withoutContextTokens = <Flags extends RerankFlags>(flags: Flags): Flags =>
  contextTokensOf(flags) === undefined ? flags : { ...flags, budget: undefined };

export const rerankSettings = ({ rerank, budget }: RerankFlags): FlagValues => ({
  'rerank.model': { flag: '--rerank', value: rerank === false ? 'none' : rerank === true ? undefined : rerank },
  'rerank.budgetMs': { flag: '--budget', value: budget },
});

/** What the flags ask for; nothing where they say nothing and the settings decide. Throws USAGE for --rerank alone. */
export function rerankOptionsOf(
  { rerank, budget }: RerankFlags,
  { config }: Session,
): Pick<SearchOptions, 'rerank' | 'budgetMs'> {
  const { model, budgetMs } = config.settings.rerank;
  if (rerank === true && (model === undefined || model === 'none')) {
    throw usageError(
      '--rerank names no model, and the setting rerank.model has none.',
      'Write --rerank cohere/rerank-v3.5, voyage/rerank-2.5, llm/ollama/<model> or transformers/<folder>.',
    );
  }
  return {
    ...(rerank !== undefined && { rerank: model }),
    ...(budget !== undefined && { budgetMs }),
  };
}
