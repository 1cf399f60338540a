import { RagError } from '../../../platform/errors.ts';
import { countFindings } from '../../../privacy/count-findings.ts';
import { editText } from '../../../privacy/edits.ts';
import { findPii } from '../../../privacy/find-pii.ts';
import { editsFor } from '../../../privacy/treat-text.ts';
import type { Finding, TreatmentPlan } from '../../../privacy/types.ts';
import type { Sent } from './remote-guard.ts';

/** See RemoteGuard.send. */
export function sendTexts(texts: readonly string[], plan: TreatmentPlan): Sent {
  const known = texts.flatMap((text) => findPii(text, plan));
  if (known.length > 0 && plan.treatment === 'refuse') throw refused(known);
  const values = new Map<string, string>();
  const sent = texts.map((text) => {
    const findings = known.length === 0 ? [] : findPii(text, { ...plan, known });
    const edits = editsFor(findings, plan);
    if (plan.treatment === 'pseudonymize') {
      for (const { span, replacement } of edits)
        if (!values.has(replacement)) values.set(replacement, text.slice(span.start, span.end));
    }
    return editText(text, edits);
  });
  return { texts: sent, values };
}

function refused(findings: readonly Finding[]): RagError {
  const kinds = countFindings('', [], { beside: findings }).map(({ kind, count }) => `${count} ${kind}`);
  return new RagError('PRIVACY_REFUSED', {
    message: `What was to be sent to a model on another machine holds personal data or secrets: ${kinds.join(', ')}.`,
    hint: 'Ask a model on this machine, or set privacy.remote to redact or pseudonymize.',
  });
}
