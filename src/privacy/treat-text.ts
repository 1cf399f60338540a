import { editText, type TextEdit } from './edits.ts';
import { findPii } from './find-pii.ts';
import { placeholderOf, pseudonymOf } from './pseudonym.ts';
import type { Finding, TreatmentPlan } from './types.ts';

/** The edits that take findings out of the text that they were found in. */
export const editsFor = (findings: readonly Finding[], plan: TreatmentPlan): TextEdit[] =>
  findings.map((finding) => ({
    span: finding.span,
    replacement: plan.treatment === 'pseudonymize' ? pseudonymOf(finding, plan.key) : placeholderOf(finding),
  }));

/** A text that is no document's, without what the plan takes out. `known` are values that count wherever they stand. */
export function treatText(text: string, plan: TreatmentPlan, known: readonly Finding[] = []): string {
  const findings = findPii(text, { ...plan, known });
  return editText(text, editsFor(findings, plan)).text;
}
