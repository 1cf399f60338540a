import type { PiiKind } from '../../domain/pii-kinds.ts';
import type { NumberWindow } from '../text/number-runs.ts';
import { wordsNear } from '../text/words-near.ts';
import type { Finding } from '../types.ts';

/** A number of digits only, told by its length, a check and how it is written. */
export type NumberRule = {
  readonly kind: PiiKind;
  readonly rule: string;
  /** Numbers of digits that it may have. */
  readonly lengths: readonly number[];
  /** Whether digits of such a length pass its checks. */
  isValid(digits: string): boolean;
  /** Lengths of groups in which it is written: '3 2 4'. */
  readonly layouts: readonly string[];
  /** Confidence without a word near it, in one of its layouts and in one piece. */
  readonly inLayout: number;
  readonly inOnePiece: number;
  /** Words that say what it is. */
  readonly words: RegExp;
};

const DATE = /^(?:19|20)\d\d[-./]\d\d[-./]\d\d(?!\d)/;
const WITH_WORDS = 0.97;
const OTHER_WORDS = 0.5;

/** A number that passes the checks of a rule as a finding; null where it stands over several lines. */
export function findByRule(text: string, window: NumberWindow, rule: NumberRule): Finding | null {
  const { digits, layout } = window;
  const isOnePiece = layout === String(digits.length) || isSpelled(layout);
  const isLaidOut = rule.layouts.includes(layout);
  const near = wordsNear(text, window, rule.words);
  let confidence = isLaidOut ? rule.inLayout : isOnePiece ? rule.inOnePiece : 0.2;
  // Columns of numbers under each other, and parts of longer codes, need a word that says so.
  if (window.lineBreaks > 1) return null;
  const isPart = window.hasNeighbours && rule.inLayout < 0.8;
  if (
    isPart ||
    window.isJoined ||
    DATE.test(text.slice(window.start, window.end)) ||
    (window.lineBreaks === 1 && !(isLaidOut && rule.inLayout >= 0.8))
  )
    confidence = Math.min(confidence, 0.3);
  if (near > 0) confidence = isLaidOut || isOnePiece || window.lineBreaks === 0 ? WITH_WORDS : 0.7;
  if (near < 0) confidence -= OTHER_WORDS;
  const { kind } = rule;
  return {
    kind,
    rule: rule.rule,
    span: { start: window.start, end: window.end },
    value: digits,
    confidence: Math.max(0, confidence),
  };
}

/** Digit by digit: 4 1 1 1 ... */
const isSpelled = (layout: string): boolean => layout.length >= 13 && /^1(?: 1){6,}$/.test(layout);
