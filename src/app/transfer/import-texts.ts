import { RagError } from '../../platform/errors.ts';
import type { SourceItem, SourceSpec } from '../../source/types.ts';
import type { AppContext } from '../app-context.ts';
import { checkedCollectionName, DEFAULT_COLLECTION } from '../collection-name.ts';
import { ingest, rememberSources } from '../ingest/ingest.ts';
import { ingestContext } from '../ingest/ingest-context.ts';
import { mergeReports } from '../ingest/merge-reports.ts';
import type { IngestEvent, IngestReport, ItemOutcome } from '../types.ts';
import type { ImportLine } from './read-objects.ts';
import { readTextRecord } from './read-text-record.ts';
import type { ImportOptions } from './types.ts';

/** Taken in together: each time readers are started for them. */
const BATCH_RECORDS = 2000;
const BATCH_CHARACTERS = 30_000_000;

/** Takes in JSONL of other programs: each text is a document, read as Markdown. */
export async function* importTexts(
  context: AppContext,
  lines: AsyncIterable<ImportLine>,
  options: ImportOptions,
): AsyncIterable<IngestEvent> {
  const { name, tags = null, dryRun = false, signal } = options;
  const spec: SourceSpec = { kind: 'import', uri: `import:${name}`, options: {} };
  const collection = checkedCollectionName(options.collection ?? DEFAULT_COLLECTION);
  const base = ingestContext(context);
  const sources = await rememberSources(base, [spec], { collection, tags, dryRun, signal });
  const reports: IngestReport[] = [];
  let faults = 0;
  let done = 0;

  const takeIn = async function* (items: readonly SourceItem[]): AsyncIterable<IngestEvent> {
    const listSource = async () => ({ items, skipped: [], root: 'part' as const });
    const runOptions = { dryRun, signal, retryFailures: true, pruneMissing: false };
    for await (const event of ingest({ ...base, listSource }, () => sources, runOptions)) {
      if (event.type === 'ingest-end') reports.push(event.report);
      else if (event.type === 'item-end') yield { ...event, done: ++done, total: done };
      else if (event.type !== 'source-start') yield event;
    }
  };

  yield { type: 'source-start', uri: spec.uri, kind: spec.kind };
  const seen = new Set<string>();
  let batch: SourceItem[] = [];
  let characters = 0;
  let texts = 0;
  for await (const line of lines) {
    if (signal?.aborted) break;
    const record = 'fields' in line ? readTextRecord(line.fields) : null;
    const message = 'fault' in line ? line.fault : `Line ${line.number} has no text.`;
    if (!record) {
      if (texts === 0 && 'fields' in line) throw noText(name, line.fields);
      const path = `line ${line.number}`;
      const uri = `${spec.uri}#${path}`;
      const outcome: ItemOutcome = { uri, path, status: 'failed', reason: { code: 'USAGE', message } };
      faults++;
      yield { type: 'item-end', outcome, done: ++done, total: done };
      continue;
    }
    texts++;
    const item = itemOf(record, spec);
    if (seen.has(item.uri)) continue;
    seen.add(item.uri);
    batch.push(item);
    characters += record.text.length;
    if (batch.length < BATCH_RECORDS && characters < BATCH_CHARACTERS) continue;
    yield* takeIn(batch);
    batch = [];
    characters = 0;
  }
  if (batch.length > 0 && !signal?.aborted) yield* takeIn(batch);
  const report = mergeReports(reports, signal?.aborted ?? false);
  const counts = { ...report.counts, failed: report.counts.failed + faults };
  yield { type: 'ingest-end', report: { ...report, dryRun, counts } };
}

function itemOf({ id, url, text }: NonNullable<ReturnType<typeof readTextRecord>>, { uri }: SourceSpec): SourceItem {
  const bytes = Buffer.from(text.normalize('NFC'), 'utf8');
  const content = { kind: 'bytes' as const, bytes, mediaType: 'text/markdown', charset: 'utf-8', name: 'text.md' };
  return { uri: url ?? `${uri}#${encodeURIComponent(id)}`, path: url ?? id, size: null, mtimeMs: null, content };
}

const noText = (name: string, fields: Readonly<Record<string, unknown>>): RagError =>
  new RagError('USAGE', {
    message: `The objects of ${name} have no text; the first has ${Object.keys(fields).slice(0, 8).join(', ') || 'no fields'}.`,
    hint: 'A text is expected under "text", "content", "page_content", "body" or "markdown".',
  });
