import type { SearchMode } from '../domain/search.ts';
import type { SearchHit } from './types.ts';

const WORD_LISTS: ReadonlySet<string> = new Set(['lexical', 'trigram']);

/** What a reader of hits should know that have none of the words asked for; nothing where only meaning was asked for. */
export function noteOnVectorsOnly(hits: readonly SearchHit[], mode: SearchMode): string[] {
  if (mode !== 'hybrid' || hits.length === 0) return [];
  const byWords = hits.some(({ signals }) => signals.some(({ list }) => WORD_LISTS.has(list)));
  return byWords ? [] : ['No passage has these words; these are near in meaning.'];
}
