import { numberRuns, windowsOf } from '../text/number-runs.ts';
import type { DetectOptions, Finding, PiiKind } from '../types.ts';
import { findByRule, type NumberRule } from './number-rule.ts';

/** Finds what the rules describe: one pass over the text, whatever their number. */
export function* findNumbers(text: string, rules: readonly NumberRule[]): Generator<Finding> {
  const byLength = new Map<number, NumberRule[]>();
  for (const rule of rules)
    for (const length of rule.lengths) byLength.set(length, [...(byLength.get(length) ?? []), rule]);
  const shortest = Math.min(...byLength.keys());
  if (!Number.isFinite(shortest)) return;
  for (const run of numberRuns(text, shortest)) {
    for (const window of windowsOf(text, run, shortest)) {
      for (const rule of byLength.get(window.digits.length) ?? []) {
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
