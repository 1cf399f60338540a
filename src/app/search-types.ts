import type { Answer, Citation } from '../domain/answer.ts';
import type { DocumentConditions, ExpansionMethod, Hit, SearchFilter, SearchMode } from '../domain/search.ts';
import type { Place } from '../domain/span.ts';
import type { RetrievalParameters } from '../retrieve/retrieval-parameters.ts';
import type { Correction, Grade } from './correct/types.ts';
import type { PassageExplanation } from './explain/types.ts';
import type { CallPurpose } from './ledger/types.ts';
import type { Route } from './routes/types.ts';

export type SearchOptions = {
  readonly mode?: SearchMode;
  readonly limit?: number;
  readonly filter?: SearchFilter;
  /** Most hits of one document; 0 = no bound. */
  readonly perDocument?: number;
  readonly minScore?: number;
  /** From 0, the default, by score only, to 1, as different from each other as can be. */
  readonly diversity?: number;
  /** Neighbours on either side that each passage is returned with. */
  readonly window?: number;
  /** Return a section whole where enough of its passages match. */
  readonly expandSections?: boolean;
  /** `provider/model` that puts the best passages in its order; 'none' = no one. Else the setting `rerank.model`. */
  readonly rerank?: string;
  /** Longest time for reranking; then the order before it is kept. Else the setting `rerank.budgetMs`. */
  readonly budgetMs?: number;
  /** How the query is widened; `hyde` and `multi-query` need a model. */
  readonly expandQuery?: ExpansionMethod;
  /** `provider/model` that widens it; else the setting `model`. */
  readonly expansionModel?: string;
  /** Passages that have all the same words as a better one are counted with it. */
  readonly collapseCopies?: boolean;
  /** False leaves the entity graph out. */
  readonly graph?: boolean;
  /** In place of the defaults, for an evaluation. */
  readonly parameters?: Partial<RetrievalParameters>;
  /** Say of each hit why it is where it is. */
  readonly explain?: boolean;
  /** Keep the question in the log, unless the setting `log.questions` is off: for what people ask. */
  readonly log?: boolean;
  /** Take the result of the same search if nothing was written since: for what nobody times. */
  readonly cache?: boolean;
  readonly signal?: AbortSignal;
};

export type SearchResult = {
  readonly query: string;
  /** The mode that was used; differs from the one asked for when a leg could not take part. */
  readonly mode: SearchMode;
  readonly hits: readonly SearchHit[];
  readonly elapsedMs: number;
  /** Why there is nothing, or why a leg was left out: one sentence each. */
  readonly notes: readonly string[];
  /** How `ask` took the question; absent in plain searches. */
  readonly route?: Route;
  /** How far the hits speak of the question, where it was asked. */
  readonly grade?: Grade;
  /** Further searches that were done because it was weak, in order. */
  readonly corrections?: readonly Correction[];
  /** For --explain. */
  readonly explanation: SearchExplanation;
  /** Of each hit, in their order, where it was asked for. */
  readonly explained?: readonly PassageExplanation[];
};

export type SearchHit = Hit & {
  readonly path: string;
  /** Further passages with nearly the same words that this one stands for. */
  readonly copies?: number;
  /** A short part of the chunk around the matched words, with the matches as spans within the snippet. */
  readonly snippet: {
    readonly text: string;
    readonly matches: readonly { readonly start: number; readonly end: number }[];
  };
  /** Where in the source the words stand for which the snippet was chosen. */
  readonly place?: Place;
  /** How likely it is right, from 0 to 1; only where the database was calibrated on its user's labels. */
  readonly confidence?: number;
};

export type SearchExplanation = {
  readonly terms: readonly string[];
  readonly dropped: readonly string[];
  readonly phrases: readonly string[];
  /** What the query asks for, by its form: a question, a list, a comparison ... */
  readonly kind: string;
  /** Words and phrases that no passage found may have: `-word`. */
  readonly excluded: readonly string[];
  /** What was asked of documents beside the query. */
  readonly given?: DocumentConditions;
  /** What the query itself asks of documents, as it was written and as it was understood. */
  readonly filters: readonly {
    readonly written: string;
    readonly conditions: DocumentConditions;
    readonly negated: boolean;
  }[];
  readonly legs: readonly { readonly list: string; readonly candidates: number; readonly elapsedMs: number }[];
  /** The arithmetic by which legs became one score, in words. */
  readonly fusion: string;
};

export type AskOptions = SearchOptions & {
  /** `provider/model`; absent or 'extractive' = no model. */
  readonly model?: string;
  readonly system?: string;
  /** What was said before: it goes into the prompt, and is no source. */
  readonly conversation?: string;
  /** What the ledger of calls says that the model was asked for; `ask` unless said otherwise. */
  readonly purpose?: CallPurpose;
  /** Called before the model is asked: with what it is asked, and the passages as they are numbered there. */
  readonly onPrompt?: (prompt: { readonly system: string; readonly user: string }, passages: readonly Hit[]) => void;
  /** Most tokens that passages take in the prompt; else the setting `generate.contextTokens`, or what suits the model. */
  readonly contextTokens?: number;
};

export type AskEvent =
  | { readonly type: 'search-end'; readonly result: SearchResult }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'citation'; readonly citation: Citation }
  | { readonly type: 'answer-end'; readonly answer: Answer };
