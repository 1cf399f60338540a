import type { DoctorCheck } from '../../app/types.ts';
import { escapeLine } from './escape-terminal.ts';
import type { Page } from './style.ts';

/** One line for each check, and below what is not well how to mend it. */
export function renderDoctor(checks: readonly DoctorCheck[], page: Page): string {
  const { style } = page;
  const paints = { ok: style.good, warning: style.caution, failed: style.bad };
  return checks
    .flatMap((check) => {
      const label = paints[check.status](check.status.padEnd(7));
      const lines = [`${label}  ${style.bold(escapeLine(check.name))}: ${escapeLine(check.message)}`];
      if (check.hint && check.status !== 'ok') lines.push(`         ${escapeLine(check.hint)}`);
      return lines;
    })
    .map((line) => `${line}\n`)
    .join('');
}
