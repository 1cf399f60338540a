import type { Span } from '../domain/span.ts';
import { tokenCost } from './estimate-tokens.ts';
import { isSafeBoundary, isWhiteSpace } from './text-boundaries.ts';

/** From here on, scripts are written without spaces: a passage may begin at any character. */
const FIRST_IDEOGRAPH = 0x2e80;

/**
 * Where a chunk begins that repeats the end of the one before it, at a cost of at most `budget` estimated tokens: at the
 * earliest sentence or line that fits, else at the earliest word; `start` when nothing fits. Always after the start of the
 * former chunk, so that chunks stay in order.
 */
export function overlapStart(text: string, former: Span, start: number, budget: number): number {
  let cost = 0;
  let end = start;
  let word = start;
  let sentence = start;
  for (let position = former.end - 1; position > former.start; position--) {
    if (!beginsWord(text, position)) continue;
    // Never less than the whole costs, so what fits in parts fits.
    cost += tokenCost(text, position, end);
    if (cost > budget) break;
    end = position;
    word = position;
    if (beginsSentence(text, position)) sentence = position;
  }
  return sentence < start ? sentence : word;
}

function beginsWord(text: string, position: number): boolean {
  const code = text.charCodeAt(position);
  if (isWhiteSpace(code)) return false;
  if (isWhiteSpace(text.charCodeAt(position - 1))) return true;
  return code >= FIRST_IDEOGRAPH && isSafeBoundary(text, position);
}

function beginsSentence(text: string, position: number): boolean {
  const before = text.charAt(position - 1);
  if (before === '\n' || '。！？｡'.includes(before)) return true;
  return isWhiteSpace(before.charCodeAt(0)) && '.!?…'.includes(text.charAt(position - 2));
}
