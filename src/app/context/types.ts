import type { PackedPassage } from '../../answer/pack-context.ts';
import type { SearchOptions, SearchResult } from '../search-types.ts';

export type { PackedPassage };

export type ContextOptions = SearchOptions & {
  /** Most tokens, by `estimatePromptTokens`, of the passages with all that `layout` writes around them. */
  readonly budgetTokens?: number;
  /** How it is written; as in the prompts of `ask` unless said otherwise. */
  readonly layout?: ContextLayout;
};

export type ContextLayout = {
  /** Everything but the passages. */
  frame(found: SearchResult): string;
  passage(passage: PackedPassage): string;
};

/** What a reader of so many tokens should get for a question. */
export type ContextResult = {
  readonly question: string;
  readonly budgetTokens: number;
  /** Of the passages and what is written around them, on the long side. */
  readonly tokens: number;
  /** In the order in which they are read: the best first and last. */
  readonly passages: readonly PackedPassage[];
  /** What they were chosen from. */
  readonly found: SearchResult;
};
