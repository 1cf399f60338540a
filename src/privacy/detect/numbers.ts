import type { PiiKind } from '../../domain/pii-kinds.ts';
import { type NumberWindow, numberRuns, windowsOf } from '../text/number-runs.ts';
import type { DetectOptions, Finding } from '../types.ts';
import { findByRule, type NumberRule } from './number-rule.ts';

/** Finds what the rules describe: one pass over the text, whatever their number. */
function* findNumbers(text: string, rules: readonly NumberRule[]): Generator<Finding> {
  const byLength = new Map<number, NumberRule[]>();
  for (const rule of rules)
    for (const length of rule.lengths) byLength.set(length, [...(byLength.get(length) ?? []), rule]);
  const shortest = Math.min(...byLength.keys());
  if (!Number.isFinite(shortest)) return;
  const options = { isWanted: (digits: number) => byLength.has(digits) };
  const plain = createPlainNumbers();
  for (const run of numberRuns(text, shortest)) {
    for (const { digits, start, describe } of windowsOf(text, run, options)) {
      const isPlain = text.startsWith(digits, start);
      if (isPlain) plain.count(digits.length);
      let window: NumberWindow | null = null;
      for (const rule of byLength.get(digits.length) ?? []) {
        if (!rule.isValid(digits)) continue;
        window ??= describe();
        const found = findByRule(text, window, rule);
        if (found && isPlain) plain.keep(rule, found);
        else if (found) yield found;
      }
    }
  }
  yield* plain.findings();
}

/** Of so few numbers of a length nothing can be said. */
const FEW_NUMBERS = 20;
/** One check digit passes a tenth of all numbers by chance; of a column of real ones nearly all pass. */
const LEAST_SHARE = 0.25;
const BY_CHANCE = 0.3;

/**
 * Numbers in one piece. Where a text has many of a length, and few of them pass the checks of a rule, it is a table of some
 * other numbers, of which those few pass by chance: they are doubtful, unless a word beside them says what they are.
 */
function createPlainNumbers() {
  const counts = new Map<number, number>();
  const byRule = new Map<NumberRule, Finding[]>();
  return {
    count: (length: number): void => void counts.set(length, (counts.get(length) ?? 0) + 1),
    keep(rule: NumberRule, finding: Finding): void {
      const kept = byRule.get(rule);
      if (kept) kept.push(finding);
      else byRule.set(rule, [finding]);
    },
    *findings(): Generator<Finding> {
      for (const [rule, findings] of byRule) {
        const passed = new Map<number, number>();
        for (const { value } of findings) passed.set(value.length, (passed.get(value.length) ?? 0) + 1);
        for (const finding of findings) {
          const { length } = finding.value;
          const all = counts.get(length) ?? 0;
          const isChance = all >= FEW_NUMBERS && (passed.get(length) ?? 0) / all < LEAST_SHARE;
          const isNamed = finding.confidence > Math.max(rule.inLayout, rule.inOnePiece);
          yield isChance && !isNamed ? { ...finding, confidence: Math.min(finding.confidence, BY_CHANCE) } : finding;
        }
      }
    },
  };
}

export const numberDetector = (kind: PiiKind, rules: readonly NumberRule[]) => ({
  kind,
  detect: (text: string, _options: DetectOptions): Iterable<Finding> => findNumbers(text, rules),
});
