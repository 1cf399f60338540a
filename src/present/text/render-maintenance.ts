import type { BackupReport, CompactReport, RestoreReport, VerifyReport } from '../../app/maintain/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf, formatBytes, formatDuration } from './quantities.ts';
import type { Page } from './style.ts';

/** More fill the screen and say the same. */
const MAX_SHOWN = 50;

const said: Readonly<Record<VerifyReport['mended'][number]['how'], string>> = {
  rewritten: 'its words were put into the index again',
  again: 'taken out: the next `rag sync` reads it again',
  no: 'left as it is: it came from standard input, so add it again',
};

/** What was checked, and what of it does not fit. */
export function renderVerify(report: VerifyReport, { style }: Page): string {
  const { documents, passages, vectors, embedded, problems, problemCount, mended, elapsedMs } = report;
  const lines = problems.slice(0, MAX_SHOWN).map(({ path, passage, message }) => {
    const place = path === null ? 'database' : passage === null ? path : `${path}, passage ${passage}`;
    return `${style.bad(escapeLine(place))}: ${escapeLine(message)}`;
  });
  if (problemCount > lines.length) lines.push(`... and ${countOf(problemCount - lines.length, 'problem')} more.`);
  for (const { path, how } of mended) lines.push(`${style.bold(escapeLine(path))}: ${said[how]}`);
  const checked = `${countOf(documents, 'document')}, ${countOf(passages, 'passage')} and ${countOf(vectors, 'vector')}`;
  const again = embedded > 0 ? `, ${embedded === passages ? 'all' : countOf(embedded, 'passage')} embedded again,` : '';
  const state = report.interrupted
    ? 'Stopped after'
    : problemCount === 0
      ? style.good('Sound:')
      : style.bad(`${countOf(problemCount, 'problem')} in`);
  lines.push(`${state} ${checked}${again} in ${formatDuration(elapsedMs)}.`);
  if (problemCount > 0 && mended.length === 0 && problems.some(({ path }) => path !== null)) {
    lines.push('`rag verify --mend` puts right what can be put right.');
  }
  return lines.map((line) => `${line}\n`).join('');
}

export function renderBackup(report: BackupReport, { style }: Page): string {
  const { path, bytes, sha256, documents, passages, removed, elapsedMs } = report;
  const lines = [
    style.bold(escapeLine(path)),
    `${formatBytes(bytes)}: ${countOf(documents, 'document')}, ${countOf(passages, 'passage')}, checked, in ${formatDuration(elapsedMs)}.`,
    `sha256 ${sha256}`,
    ...(removed.length > 0 ? [`Taken away: ${countOf(removed.length, 'former backup')}.`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

export function renderRestore({ path, from, former, documents, passages, elapsedMs }: RestoreReport): string {
  const lines = [
    `${escapeLine(path)} is as ${escapeLine(from)} was: ${countOf(documents, 'document')}, ${countOf(passages, 'passage')}, in ${formatDuration(elapsedMs)}.`,
    ...(former === null ? [] : [`What it held before is in ${escapeLine(former)}.`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

export function renderCompact({ bytesBefore, bytesAfter, elapsedMs }: CompactReport): string {
  const saved = bytesBefore - bytesAfter;
  const change = saved > 0 ? `${formatBytes(saved)} less` : 'nothing to save';
  return `${formatBytes(bytesAfter)}, ${change}, in ${formatDuration(elapsedMs)}.\n`;
}
