import type { PiiScan } from '../../app/privacy/types.ts';
import type { IngestReport, ItemOutcome } from '../../app/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf, groupDigits } from './quantities.ts';

type Count = { readonly kind: string; readonly count: number; readonly lines: readonly number[] };

/** Documents that are listed before a count stands for the rest, unless all were asked for. */
const LISTED = 20;

const lineOf = (path: string, counts: readonly Count[]): string => {
  const parts = counts.map(({ kind, count, lines }) => {
    const more = count > lines.length && lines.length > 0 ? ' ...' : '';
    const where = lines.length === 0 ? '' : ` (${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}${more})`;
    return `${groupDigits(count)} ${kind}${where}`;
  });
  return `${escapeLine(path)}: ${parts.join(', ')}\n`;
};

/** Where personal data was found while documents were taken in, with its sum; empty where nobody looked. */
export function renderIngestPii(
  outcomes: readonly ItemOutcome[],
  report: IngestReport,
  { all }: { readonly all: boolean },
): string {
  if (!report.pii) return '';
  const found = outcomes.filter(({ pii }) => pii && pii.length > 0);
  const listed = all ? found : found.slice(0, LISTED);
  const rest = found.length - listed.length;
  const sum = Object.entries(report.pii).map(([kind, count]) => `${groupDigits(count)} ${kind}`);
  return [
    ...listed.map(({ path, pii = [] }) => lineOf(path, pii)),
    rest > 0 ? `and ${countOf(rest, 'further document')}; -v lists them all.\n` : '',
    sum.length === 0 ? 'No personal data was found.\n' : `Personal data: ${sum.join(', ')}.\n`,
  ].join('');
}

/** What `rag pii scan` found: a line for each place, or for each document that has several kinds. */
export function renderPiiScan({ documents, counts, read, failures }: PiiScan): string {
  const sum = Object.entries(counts).map(([kind, count]) => `${groupDigits(count)} ${kind}`);
  const listed = documents.map(({ path, counts: each }) => lineOf(path, each));
  const unread = failures.map(({ path, message }) => `${escapeLine(path)}: not read: ${escapeLine(message)}\n`);
  const what = countOf(read, 'document');
  const end =
    sum.length === 0 ? `No personal data was found in ${what}.\n` : `Personal data in ${what}: ${sum.join(', ')}.\n`;
  return [...listed, ...unread, end].join('');
}
