import type { StatusReport } from '../../app/types.ts';
import { renderColumns } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import { groupSources } from './group-sources.ts';
import { fileNameOf } from './location.ts';
import { countOf, formatBytes, groupDigits } from './quantities.ts';
import { points, pValue } from './render-eval.ts';
import { renderHistoryFacts } from './render-history.ts';
import { renderUsageFacts } from './render-usage.ts';
import type { Page } from './style.ts';

/** Failed documents that are listed before a count stands for the rest. */
const LISTED_FAILURES = 10;

export function renderStatus(status: StatusReport, page: Page): string {
  const { style } = page;
  const types = Object.entries(status.types)
    .sort((left, right) => right[1] - left[1] || left[0].localeCompare(right[0]))
    .map(([type, count]) => `${groupDigits(count)} ${escapeLine(type)}`);
  const space = status.space;
  const facts = [
    ['database', `${escapeLine(status.path)} (${formatBytes(status.bytes)}, schema ${status.schemaVersion})`],
    ['documents', `${groupDigits(status.documents)}${types.length > 0 ? ` (${types.join(', ')})` : ''}`],
    ['passages', `${groupDigits(status.chunks)}, ${groupDigits(status.vectors)} with a vector`],
    ['text', countOf(status.textLength, 'character')],
    [
      'vectors',
      space ? `${escapeLine(space.provider)}/${escapeLine(space.model)}, ${space.dimensions} dimensions` : 'none yet',
    ],
    ...renderTuningFacts(status.tuning),
    ...renderKnownFacts(status.facts),
    ...renderHistoryFacts(status.history),
    ...renderUsageFacts(status.usage),
  ];
  const parts = [facts.map(([name, value]) => `${style.bold(name!.padEnd(9))}  ${value}\n`).join('')];
  if (status.collections.length > 0) parts.push(renderCollections(status.collections, page));
  if (status.sources.length > 0) parts.push(renderSourceList(status, page));
  if (status.failures.length > 0) parts.push(renderFailures(status, page));
  return parts.join('\n');
}

const MAX_COUNTED = 6;

/** What documents are, and what is doubtful about them. */
function renderKnownFacts({ kinds, languages, warned, expired, lacking }: StatusReport['facts']): [string, string][] {
  const counts = (of: Readonly<Record<string, number>>): string => {
    const all = Object.entries(of).sort((left, right) => right[1] - left[1] || left[0].localeCompare(right[0]));
    const shown = all.slice(0, MAX_COUNTED).map(([name, count]) => `${groupDigits(count)} ${escapeLine(name)}`);
    return [...shown, ...(all.length > shown.length ? [`${all.length - shown.length} others`] : [])].join(', ');
  };
  return [
    ...(Object.keys(kinds).length > 0 ? [['kinds', counts(kinds)] as [string, string]] : []),
    ...(Object.keys(languages).length > 0 ? [['languages', counts(languages)] as [string, string]] : []),
    ...(warned > 0
      ? [['warnings', `${countOf(warned, 'document')}; \`rag ls --warnings\` says why`] as [string, string]]
      : []),
    ...(expired > 0
      ? [['expired', `${countOf(expired, 'document')}, by what they say; \`rag facts --expired\``] as [string, string]]
      : []),
    ...(lacking > 0
      ? [['', `${countOf(lacking, 'document')} not looked at yet; \`rag facts --all\` does`] as [string, string]]
      : []),
  ];
}

/** What is in force in place of the defaults, and since when and why, where that is known. */
function renderTuningFacts(tuning: StatusReport['tuning']): [name: string, value: string][] {
  if (!tuning) return [];
  const values = Object.entries(tuning.values).map(([key, value]) => `${escapeLine(key)} ${escapeLine(String(value))}`);
  const { note } = tuning;
  return [['tuned', `${values.join(', ')}; \`rag tune --reset\` takes it away`], ...(note ? [tuningReason(note)] : [])];
}

const tuningReason = (note: NonNullable<NonNullable<StatusReport['tuning']>['note']>): [string, string] => [
  '',
  `since ${note.at.slice(0, 10)}: ${points(note.after - note.before)} points of nDCG@10 (p ${pValue(note.p)}) on ${countOf(note.questions, 'question')} of ${escapeLine(note.set)}`,
];

export function renderCollections(collections: StatusReport['collections'], page: Page): string {
  const columns = [
    { title: 'collection' },
    { title: 'sources', align: 'right' },
    { title: 'documents', align: 'right' },
    { title: 'passages', align: 'right' },
    { title: 'description' },
  ] as const;
  const rows = collections.map((collection) => [
    escapeLine(collection.name),
    groupDigits(collection.sources),
    groupDigits(collection.documents),
    groupDigits(collection.chunks),
    escapeLine(collection.description),
  ]);
  return renderColumns(columns, rows, { width: page.width, paintTitle: page.style.dim });
}

function renderSourceList(status: StatusReport, page: Page): string {
  const columns = [
    { title: 'source', shrinks: true },
    { title: 'kind' },
    { title: 'documents', align: 'right' },
    { title: 'failed', align: 'right' },
    { title: 'collection' },
    { title: 'in step since' },
  ] as const;
  const rows = groupSources(status.sources).map((source) => [
    escapeLine(fileNameOf(source.uri)),
    source.count === 1 ? source.kind : countOf(source.count, source.kind),
    groupDigits(source.documents),
    groupDigits(source.failures),
    escapeLine(source.collection),
    source.syncedAt === null ? 'never' : source.syncedAt.slice(0, 16).replace('T', ' '),
  ]);
  return renderColumns(columns, rows, { width: page.width, paintTitle: page.style.dim });
}

function renderFailures(status: StatusReport, page: Page): string {
  const listed = status.failures.slice(0, LISTED_FAILURES);
  const lines = listed.map(
    (failure) => `${page.style.bad('failed:')} ${escapeLine(failure.path)}: ${escapeLine(failure.message)}\n`,
  );
  const rest = status.failures.length - listed.length;
  if (rest > 0) lines.push(`and ${groupDigits(rest)} more; --json lists them all.\n`);
  return lines.join('');
}
