import type { PiiKind } from '../../domain/pii-kinds.ts';
import { wordsNear } from '../text/words-near.ts';
import type { DetectOptions, Detector, Finding } from '../types.ts';

/** A value with letters in it, told by a pattern and a check. */
export type PatternRule = {
  readonly kind: PiiKind;
  readonly rule: string;
  /** With the flag g and bounds on every repetition, so that time is linear in the text. */
  readonly pattern: RegExp;
  /** Of the match in capitals, without separators. */
  isValid(compact: string, written: string): boolean;
  /** Without a word near it. */
  readonly confidence: number;
  readonly words: RegExp;
};

const WITH_WORDS = 0.97;
const OTHER_WORDS = 0.5;

export const patternDetector = (rule: PatternRule): Detector => ({
  kind: rule.kind,
  *detect(text: string, _options: DetectOptions): Generator<Finding> {
    for (const match of text.matchAll(rule.pattern)) {
      const [written] = match;
      const compact = written.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
      if (!rule.isValid(compact, written)) continue;
      const span = { start: match.index, end: match.index + written.length };
      const near = wordsNear(text, span, rule.words);
      const confidence = near > 0 ? WITH_WORDS : near < 0 ? rule.confidence - OTHER_WORDS : rule.confidence;
      yield { kind: rule.kind, rule: rule.rule, span, value: compact, confidence: Math.max(0, confidence) };
    }
  },
});
