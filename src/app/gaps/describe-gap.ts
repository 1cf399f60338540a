import type { Gap } from './types.ts';

/** Words that one sentence names. */
const NAMED = 4;
/** In characters; what is longer is no word. */
const LONGEST = 32;

/** What to add for a gap, in words: what no document says, or what the nearest does not. */
export function describeGap({
  question,
  unknownWords,
  missingWords,
  nearest,
}: Pick<Gap, 'question' | 'unknownWords' | 'missingWords' | 'nearest'>): string {
  if (unknownWords.length > 0) {
    const lack = `No document says ${listed(unknownWords)}`;
    return nearest ? `${lack}; the nearest is ${nearest.path}.` : `${lack}, and nothing is near.`;
  }
  if (!nearest) return `Nothing is found for "${question}".`;
  return missingWords.length > 0
    ? `The nearest, ${nearest.path}, does not speak of ${listed(missingWords)}.`
    : `No passage comes near; the nearest is in ${nearest.path}.`;
}

function listed(words: readonly string[]): string {
  const named = words.slice(0, NAMED).map((word) => `"${cut(word)}"`);
  const last = named.pop() ?? '';
  return named.length > 0 ? `${named.join(', ')} or ${last}` : last;
}

function cut(word: string): string {
  const characters = [...word];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : word;
}
