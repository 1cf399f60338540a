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
  for (const run of numberRuns(text, shortest)) {
    for (const { digits, describe } of windowsOf(text, run, options)) {
      let window: NumberWindow | null = null;
      for (const rule of byLength.get(digits.length) ?? []) {
        if (!rule.isValid(digits)) continue;
        window ??= describe();
        const found = findByRule(text, window, rule);
        if (found) yield found;
      }
    }
  }
}

export const numberDetector = (kind: PiiKind, rules: readonly NumberRule[]) => ({
  kind,
  detect: (text: string, _options: DetectOptions): Iterable<Finding> => findNumbers(text, rules),
});
