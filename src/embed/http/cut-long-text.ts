import { cutText } from '../../domain/cut-text.ts';

/** Each refusal takes this share away: a text ten times too long is taken at the fifth. */
const KEPT_SHARE = 0.6;
const MAX_CUTS = 12;
const LEAST_LENGTH = 32;

/** A shorter beginning of a text that a server refused after `cuts` cuts; null when that is no use. */
export function cutAgain(text: string, cuts: number): string | null {
  if (cuts >= MAX_CUTS || text.length <= LEAST_LENGTH) return null;
  return cutText(text, Math.floor(text.length * KEPT_SHARE));
}

/** The beginning of a text that has about so many tokens at most: four characters of Latin script each, else one. */
export function cutToTokens(text: string, maxTokens: number): string {
  let quarters = 0;
  for (let i = 0; i < text.length; i++) {
    quarters += text.charCodeAt(i) < 0x300 ? 1 : 4;
    if (quarters > 4 * maxTokens) return cutText(text, i);
  }
  return text;
}
