import type { Finding } from './types.ts';

/** Shorter ones are words too. */
const MIN_LENGTH = 8;
/** Each costs a pass over the text. */
const MAX_SECRETS = 100;
const CONFIDENCE = 0.6;

/** Further places where a password or key stands that was found elsewhere: nothing need say there what it is. */
export function findWritten(text: string, found: readonly Pick<Finding, 'kind' | 'rule' | 'value'>[]): Finding[] {
  const secrets = new Map<string, string>();
  for (const { kind, rule, value } of found) {
    if (kind !== 'secret' || value.length < MIN_LENGTH || secrets.size >= MAX_SECRETS) continue;
    if (rule === 'password' || rule === 'url-password' || rule === 'high-entropy') secrets.set(value, rule);
  }
  const places: Finding[] = [];
  for (const [value, rule] of secrets) {
    for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + value.length)) {
      const end = start + value.length;
      if (isWord(text[start - 1]) || isWord(text[end])) continue;
      places.push({ kind: 'secret', rule, span: { start, end }, value, confidence: CONFIDENCE });
    }
  }
  return places;
}

const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);
