import type { CalibrationReport } from '../../app/confidence/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf } from './quantities.ts';
import { pValue } from './render-eval.ts';
import type { Page } from './style.ts';

/** What the confidence was fitted to, how it was judged, and whether it was taken. */
export function renderCalibration(report: CalibrationReport, { style }: Page): string {
  const { set, labels, heldOutHits, brier, baseBrier, calibrationError, comparison, refusals } = report;
  const lines = [`${style.bold(escapeLine(set))}: ${countOf(labels, 'question')} with labels`];
  if (brier !== null && baseBrier !== null && calibrationError !== null) {
    lines.push(
      `held out  Brier score ${brier.toFixed(3)}, ${baseBrier.toFixed(3)} for the share of right hits (p ${pValue(comparison?.p ?? 1)})`,
      `          calibration error ${calibrationError.toFixed(3)}, on ${countOf(heldOutHits, 'hit')}`,
    );
  }
  for (const refusal of refusals) lines.push(`${style.caution('refused:')} ${escapeLine(refusal)}.`);
  lines.push(verdictOf(report));
  return lines.map((line) => `${line}\n`).join('');
}

function verdictOf({ accepted, applied }: CalibrationReport): string {
  if (!accepted) return 'No confidence is shown.';
  return applied
    ? 'Searches show how sure they are of a hit until the model or the weights change; `rag tune --reset` ends it.'
    : 'Nothing was kept: these questions are not about your own documents.';
}
