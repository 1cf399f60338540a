import type {
  BaseChange,
  DocumentHistory,
  HistoryFigures,
  RestoredBase,
  RestoredDocument,
  StoredSnapshot,
  VersionDiff,
  VersionEntry,
} from '../../app/history/types.ts';
import { renderColumns } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf, formatBytes, groupDigits } from './quantities.ts';
import type { Page } from './style.ts';

/** `2026-03-01 14:05`, UTC. */
const minuteOf = (time: string): string => time.slice(0, 16).replace('T', ' ');

/** Rows of `rag status`. Nothing where there are neither versions nor snapshots. */
export function renderHistoryFacts(figures: HistoryFigures): [string, string][] {
  const { versions, documents, bytes, vectorBytes, pinned, snapshots } = figures;
  const facts: [string, string][] = [];
  if (versions > 0) {
    const size = formatBytes(bytes + vectorBytes);
    facts.push(['history', `${countOf(versions, 'former version')} of ${countOf(documents, 'document')} (${size})`]);
  }
  if (pinned > 0)
    facts.push(['restored', `${countOf(pinned, 'document')} that the file does not replace until it is edited`]);
  if (snapshots > 0) facts.push(['snapshots', groupDigits(snapshots)]);
  return facts;
}

export function renderHistory(history: DocumentHistory, page: Page): string {
  const { style } = page;
  const columns = [
    { title: 'version', align: 'right' },
    { title: 'since (UTC)' },
    { title: 'file', align: 'right' },
    { title: 'words', align: 'right' },
    { title: 'kept in', align: 'right' },
    { title: 'why', shrinks: true },
  ] as const;
  const rows = history.entries.map((entry) => [
    entry.number === null ? '-' : String(entry.number),
    minuteOf(entry.since),
    entry.fileBytes === null ? '-' : formatBytes(entry.fileBytes),
    entry.words ? `+${groupDigits(entry.words.added)} -${groupDigits(entry.words.removed)}` : '-',
    entry.isPresent || entry.number === null ? '-' : formatBytes(entry.storedBytes),
    whyOf(entry, history),
  ]);
  const name = `${style.bold(escapeLine(history.path))}${history.isGone ? style.caution(' (removed)') : ''}\n`;
  const more =
    history.more > 0 ? `${groupDigits(history.more)} more: -n ${history.entries.length + history.more}\n` : '';
  return `${name}${renderColumns(columns, rows, { width: page.width, paintTitle: style.dim })}${more}`;
}

function whyOf(entry: VersionEntry, { isPinned, path }: DocumentHistory): string {
  const named = entry.path === path ? '' : ` as ${escapeLine(entry.path)}`;
  const present = entry.isPresent ? (isPinned ? ', present, not as its file' : ', present') : '';
  return `${entry.reason}${named}${present}`;
}

/** A unified diff, or its words with those removed and added marked; colour does what the signs do. */
export function renderDiff({ from, to, diff }: VersionDiff, page: Page): string {
  const { style } = page;
  const head = [
    style.bad(`--- ${escapeLine(from.path)}  version ${from.number}, ${minuteOf(from.since)}`),
    style.good(`+++ ${escapeLine(to.path)}  version ${to.number}, ${minuteOf(to.since)}`),
  ];
  const hunks = diff.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines, words }) => [
    style.dim(`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
    ...(words
      ? words
          .map(({ kind, text }) => wordRun(kind, text, page))
          .join('')
          .replace(/\n$/, '')
          .split('\n')
      : lines.map(({ kind, text }) => {
          const line = escapeLine(text);
          return kind === 'same' ? ` ${line}` : kind === 'added' ? style.good(`+${line}`) : style.bad(`-${line}`);
        })),
  ]);
  return `${[...head, ...hunks].join('\n')}\n`;
}

/** Each line of a run is marked by itself, so that a line of the output can be read alone. */
function wordRun(kind: 'same' | 'added' | 'removed', text: string, { style }: Page): string {
  return text
    .split('\n')
    .map((part) => {
      const shown = escapeLine(part);
      if (kind === 'same' || shown === '') return shown;
      return kind === 'added' ? style.good(`{+${shown}+}`) : style.bad(`[-${shown}-]`);
    })
    .join('\n');
}

export const renderRestored = ({ path, version, number, isPinned, hasFile }: RestoredDocument): string =>
  [
    `restored version ${version} of ${escapeLine(path)}, as version ${number}`,
    ...(isPinned
      ? [
          hasFile
            ? 'Its file says something else: syncs leave it until the file is edited (`rag restore --from-file` ends that).'
            : 'It has no file: syncs leave it until there is one.',
        ]
      : []),
  ].join('\n');

export function renderSnapshots(snapshots: readonly StoredSnapshot[], page: Page): string {
  const columns = [{ title: 'snapshot' }, { title: 'of (UTC)' }, { title: 'documents', align: 'right' }] as const;
  const rows = snapshots.map(({ name, at, documents }) => [escapeLine(name), minuteOf(at), groupDigits(documents)]);
  return renderColumns(columns, rows, { width: page.width, paintTitle: page.style.dim });
}

const SIGNS: Readonly<Record<BaseChange['status'], string>> = { added: '+', removed: '-', changed: '~', moved: '>' };

export const renderChanges = (changes: readonly BaseChange[]): string =>
  changes
    .map(({ status, path, from, versions: [before, after] }) => {
      const moved = from === undefined ? '' : ` (was ${escapeLine(from)})`;
      const versions = before === null || after === null ? '' : `, version ${before} to ${after}`;
      return `${SIGNS[status]} ${escapeLine(path)}${moved}${versions}\n`;
    })
    .join('');

/** `3 changed, 1 moved, 2 came, 1 went, 994 as they were`. */
export function renderRestoredBase({ changes, unchanged, dryRun, moment }: RestoredBase): string {
  const count = (status: BaseChange['status']): number => changes.filter((change) => change.status === status).length;
  const verb = dryRun ? 'would restore' : 'restored';
  const parts = [
    ['changed', count('changed')],
    ['moved', count('moved')],
    ['came back', count('added')],
    ['went', count('removed')],
    ['as they were', unchanged],
  ] as const;
  const told = parts.filter(([, number]) => number > 0).map(([what, number]) => `${groupDigits(number)} ${what}`);
  return `${verb} ${escapeLine(moment.name)} (${minuteOf(moment.at)} UTC): ${told.join(', ') || 'it held no documents'}\n`;
}
