import { cutText } from '../../domain/cut-text.ts';
import { fitText, MAX_TOKEN_LENGTH } from '../../platform/transformers/fit-text.ts';

/** Length in tokens of a query and a passage as one input, special tokens included. */
export type CountPair = (query: string, passage: string) => number;

/**
 * Cuts both texts so that the pair fits: the query to half of the length at most, the passage to what is left. A cut by
 * the tokenizer itself would take the mark at the end too, and would leave nothing of the passage after a long query.
 */
export function fitQuery(query: string, maxTokens: number, count: CountPair): string {
  const most = Math.floor(maxTokens / 2);
  return fitText(cutText(query, most * MAX_TOKEN_LENGTH), most, (text) => count(text, ''));
}

/** See fitQuery; `query` has been fitted. */
export function fitPassage(query: string, passage: string, maxTokens: number, count: CountPair): string {
  const empty = count(query, '');
  const text = cutText(passage, maxTokens * MAX_TOKEN_LENGTH);
  return fitText(text, maxTokens - empty, (each) => count(query, each) - empty);
}
