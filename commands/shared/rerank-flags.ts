import { type Command, InvalidArgumentError } from 'commander';
import type { SearchOptions } from '../../src/app/types.ts';
import type { FlagValues } from '../../src/config/types.ts';
import { usageError } from './flags.ts';
import type { Session } from './session.ts';

export type RerankFlags = {
  /** True for --rerank without a name, false for --no-rerank. */
  readonly rerank?: string | boolean;
  readonly budget?: string;
};

export const addRerankFlags = (command: Command): Command =>
  command
    .option('--rerank [provider/model]', 'reorder the best passages by a model (setting rerank.model)', rerankerName)
    .option('--no-rerank', 'leave their order, whatever rerank.model says')
    .option('--budget <time>', 'longest time for that, such as 500ms; then the order before it is kept');

/** The word behind --rerank, which may be one of the query by mistake. */
function rerankerName(value: string): string {
  if (value === 'none' || value.includes('/')) return value;
  throw new InvalidArgumentError('It must be provider/model, or stand behind the query to have the one that is set.');
}

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
