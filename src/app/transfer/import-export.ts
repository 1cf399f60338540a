import type { Settings } from '../../config/types.ts';
import { isSameSpace } from '../../domain/same-space.ts';
import type { EmbeddingSpace } from '../../domain/search.ts';
import { isRagError } from '../../platform/errors.ts';
import type { Store } from '../../store/types.ts';
import { agreedSpace } from '../agreed-space.ts';
import type { AppContext } from '../app-context.ts';
import { documentIdOf } from '../document-id.ts';
import { createDocumentWriter } from '../ingest/document-writer.ts';
import { NO_COUNTS } from '../ingest/empty-report.ts';
import { reasonOf } from '../ingest/ingest-source.ts';
import { linkDocumentTitles } from '../ingest/link-document-titles.ts';
import type { IngestEvent, ItemOutcome, ItemStatus } from '../types.ts';
import { type ImportedSources, importSources } from './import-sources.ts';
import { type ReadDocument, readExported } from './read-exported.ts';
import type { ImportLine } from './read-objects.ts';
import { treatImported } from './treat-imported.ts';
import type { ImportOptions } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Makes the documents of an export again, passage by passage, without reading their files. Vectors are taken over where
 * they are of the model in use, and made anew where not. A document that is there already under another source stays.
 */
export async function* importExport(
  context: AppContext,
  { header, lines }: { readonly header: Fields; readonly lines: AsyncIterable<ImportLine> },
  options: ImportOptions,
): AsyncIterable<IngestEvent> {
  const { store, runtime } = context;
  const { dryRun = false, signal } = options;
  const started = runtime.clock.now();
  const space = await usableSpace(context, header.space, signal);
  const total = typeof header.documents === 'number' ? header.documents : 0;
  const sourceOf = importSources(context, header.sources, options);
  const writer = createDocumentWriter(context);
  const counts = { ...NO_COUNTS };
  let [done, chunks, isWhole] = [0, 0, false];
  const told = (outcome: ItemOutcome): IngestEvent => {
    counts[outcome.status]++;
    done++;
    if (outcome.status === 'added' || outcome.status === 'updated') chunks += outcome.chunks ?? 0;
    return { type: 'item-end', outcome, done, total: Math.max(total, done) };
  };
  for await (const line of lines) {
    if (signal?.aborted) break;
    if ('fields' in line && line.fields.type === 'end') {
      isWhole = true;
      continue;
    }
    const outcome = take(line, { store, settings: context.settings, space, sourceOf, options });
    if ('document' in outcome) {
      if (dryRun) yield told(outcome.outcome);
      else writer.putDocument(outcome.document, outcome.outcome);
    } else yield told(outcome.outcome);
    if (writer.isFull()) for (const each of await writer.flush(signal)) yield told(each);
  }
  for (const each of await writer.flush()) yield told(each);
  if (!dryRun) {
    await linkDocumentTitles(store, { signal });
    store.checkpoint();
  }
  yield {
    type: 'ingest-end',
    report: {
      dryRun,
      counts,
      chunks,
      elapsedMs: runtime.clock.now() - started,
      interrupted: signal?.aborted ?? false,
      sourceProblems:
        isWhole || signal?.aborted
          ? []
          : [
              {
                uri: options.name,
                code: 'SOURCE_FAILED',
                message: `${options.name} ends before its end: it was cut short.`,
                hint: 'What was in it is taken in. Export again for the rest.',
              },
            ],
    },
  };
}

type Taking = {
  readonly store: Store;
  readonly settings: Settings;
  readonly space: EmbeddingSpace | null;
  readonly sourceOf: ImportedSources;
  readonly options: ImportOptions;
};

type Taken =
  | {
      readonly document: Parameters<ReturnType<typeof createDocumentWriter>['putDocument']>[0];
      readonly outcome: ItemOutcome;
    }
  | { readonly outcome: ItemOutcome };

function take(line: ImportLine, { store, settings, space, sourceOf, options }: Taking): Taken {
  const place = (path: string, uri = path) => ({ uri, path });
  if ('fault' in line) {
    return {
      outcome: { ...place(`line ${line.number}`), status: 'failed', reason: { code: 'USAGE', message: line.fault } },
    };
  }
  const { fields, number } = line;
  const path = typeof fields.path === 'string' ? fields.path.slice(0, 500) : `line ${number}`;
  const source = typeof fields.source === 'string' ? fields.source : null;
  let read: ReadDocument;
  let pii: ItemOutcome['pii'];
  try {
    ({ document: read, pii } = treatImported(readExported(fields, space), settings, sourceOf.piiOf(source)));
  } catch (error) {
    if (!isRagError(error)) throw error;
    return { outcome: { ...place(path), status: 'failed', reason: reasonOf(error) } };
  }
  const collection = options.collection ?? read.collection;
  const { collection: _, ...document } = read;
  const id = documentIdOf(collection, read.uri);
  const known = store.knownItem(id);
  const sourceRow = sourceOf.rowOf(collection, source);
  const status: ItemStatus = known ? 'updated' : 'added';
  if (known && known.contentHash === read.contentHash)
    return { outcome: { ...place(read.path, read.uri), status: 'unchanged' } };
  if (known && store.sourceOfDocument(id) !== sourceRow) {
    const message = 'A document from this place is here already, and belongs to another source.';
    return {
      outcome: { ...place(read.path, read.uri), status: 'skipped', reason: { code: 'SOURCE_REFUSED', message } },
    };
  }
  return {
    document: { ...document, id, sourceRow },
    outcome: { ...place(read.path, read.uri), status, chunks: read.chunks.length, pii },
  };
}

/** The space of an export, when its vectors can stand beside those of this database. */
async function usableSpace(context: AppContext, given: unknown, signal?: AbortSignal): Promise<EmbeddingSpace | null> {
  if (typeof given !== 'object' || given === null) return null;
  const { provider, model, dimensions } = given as Partial<EmbeddingSpace>;
  if (typeof provider !== 'string' || typeof model !== 'string' || typeof dimensions !== 'number') return null;
  const space = { provider, model, dimensions };
  return isSameSpace(await agreedSpace(context, signal), space) ? space : null;
}
