import type { ParsedDocument } from '../../parse/types.ts';
import { RagError } from '../../platform/errors.ts';
import { treatDocument } from '../../privacy/treat-document.ts';
import { treatText } from '../../privacy/treat-text.ts';
import type { PiiCount, TreatmentPlan } from '../../privacy/types.ts';

/**
 * A parsed document as it may be chunked, embedded and stored, with what was found in it. Throws PRIVACY_REFUSED, with
 * counts and no values, where the plan refuses what holds any.
 */
export function treatParsed(
  document: ParsedDocument,
  name: string,
  plan: TreatmentPlan,
): { readonly document: ParsedDocument; readonly pii?: readonly PiiCount[] } {
  const treated = treatDocument(document, plan);
  const { found } = treated;
  if (plan.treatment === 'refuse' && found.length > 0) {
    throw new RagError('PRIVACY_REFUSED', {
      message: `It holds personal data or secrets: ${found.map(({ kind, count }) => `${count} ${kind}`).join(', ')}.`,
      hint: 'See where with `rag pii scan`; take it in with --pii redact or --pii pseudonymize.',
    });
  }
  if (treatText(name, { ...plan, treatment: 'redact' }) === name) return { document: treated.document, pii: found };
  const warning = 'The name of the file holds personal data; the name stays, as it says where the document is.';
  return { document: { ...treated.document, warnings: [...treated.document.warnings, warning] }, pii: found };
}

/** A message about a file, which may quote it. */
export const treatMessage = (message: string, plan: TreatmentPlan): string =>
  plan.treatment !== 'report' ? treatText(message, { ...plan, treatment: 'redact' }) : message;
