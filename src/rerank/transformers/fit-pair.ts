import { cutText } from '../cut-text.ts';

/** Length in tokens of a query and a passage as one input, special tokens included. */
export type CountPair = (query: string, passage: string) => number;

/** No tokenizer in use makes tokens longer than this on average; what is beyond is not even looked at. */
const MAX_TOKEN_LENGTH = 12;
/** Each cut is in proportion, so a few suffice for any text. */
const MAX_CUTS = 12;

/**
 * Cuts both texts so that the pair fits: the query to half of the length at most, the passage to what is left. A cut by
 * the tokenizer itself would take the mark at the end too, and would leave nothing of the passage after a long query.
 */
export function fitQuery(query: string, maxTokens: number, count: CountPair): string {
  const most = Math.floor(maxTokens / 2);
  return shrink(cutText(query, most * MAX_TOKEN_LENGTH), most, (text) => count(text, ''));
}

/** See fitQuery; `query` has been fitted. */
export function fitPassage(query: string, passage: string, maxTokens: number, count: CountPair): string {
  const empty = count(query, '');
  const text = cutText(passage, maxTokens * MAX_TOKEN_LENGTH);
  return shrink(text, maxTokens - empty, (each) => count(query, each) - empty);
}

function shrink(whole: string, maxTokens: number, count: (text: string) => number): string {
  let text = whole;
  for (let cut = 0; cut < MAX_CUTS && text !== ''; cut++) {
    const tokens = count(text);
    if (tokens <= maxTokens) return text;
    text = cutText(text, Math.min(text.length - 1, Math.floor((text.length * Math.max(0, maxTokens)) / tokens)));
  }
  return text;
}
