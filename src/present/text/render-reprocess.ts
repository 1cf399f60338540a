import type { ReprocessedItem, ReprocessReport } from '../../app/reprocess/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf, formatDuration, groupDigits } from './quantities.ts';
import type { Page } from './style.ts';

/** `changed   notes/a.md: 4 passages -> 7, 1 of them as before`; a failure with its reason. */
export function renderReprocessed(item: ReprocessedItem, page: Page): string {
  const { style } = page;
  const { before, after, kept } = item.chunks;
  if (item.status === 'failed') {
    return `${style.bad('failed')}    ${escapeLine(item.path)}: ${escapeLine(item.reason?.message ?? 'no reason was given')}\n`;
  }
  const how = item.isFromStored ? ', from its stored text' : '';
  const counts = `${countOf(before, 'passage')} -> ${groupDigits(after)}, ${groupDigits(kept)} of them as before${how}`;
  return `${style.good(item.status.padEnd(9))} ${escapeLine(item.path)}: ${counts}\n`;
}

/** What became of all documents, in one or two lines. */
export function renderReprocessReport(report: ReprocessReport): string {
  const { counts, chunks, fromStored, elapsedMs } = report;
  const parts = (['changed', 'unchanged', 'failed'] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => `${groupDigits(counts[status])} ${status}`);
  const prefix = report.dryRun ? 'Dry run, nothing was changed: ' : '';
  const what = parts.length > 0 ? parts.join(', ') : 'nothing was done';
  const fresh = chunks.after - chunks.kept;
  const passages = `${countOf(chunks.before, 'passage')} -> ${groupDigits(chunks.after)}, ${groupDigits(fresh)} of them new`;
  const stored =
    fromStored > 0
      ? `${countOf(fromStored, 'document')} cut anew from the stored text, its structure found again by its type.\n`
      : '';
  const end = report.interrupted ? ' Interrupted; what was finished is kept, and the same command does the rest.' : '';
  return `${prefix}${what}; ${passages}; ${formatDuration(elapsedMs)}.${end}\n${stored}`;
}
