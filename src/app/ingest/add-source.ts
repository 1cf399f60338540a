import type { Settings } from '../../config/types.ts';
import { RagError } from '../../platform/errors.ts';
import { resolveSources } from '../../source/resolve-sources.ts';
import { stdinUri } from '../../source/stdin.ts';
import type { SourceOptions, SourceSpec } from '../../source/types.ts';
import type { StoredSource } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { checkedCollectionName, DEFAULT_COLLECTION } from '../collection-name.ts';
import type { AddOptions, IngestEvent } from '../types.ts';
import { waitForWriteLock } from '../wait-for-write-lock.ts';
import { ingest, rememberSources } from './ingest.ts';
import { type IngestContext, ingestContext } from './ingest-context.ts';

/** Remembers what a path, URL or pattern means as sources, and ingests them. Throws as `resolveSources` does, and OFFLINE. */
export async function* addTarget(context: AppContext, target: string, options: AddOptions): AsyncIterable<IngestEvent> {
  const { settings } = context;
  const resolved = await resolveSources(
    target,
    sourceOptions(options, settings),
    options.workingFolder ?? process.cwd(),
  );
  const specs = resolved.map((spec) => asSite(context, spec, options.collection ?? DEFAULT_COLLECTION));
  const remote = specs.find(({ kind }) => kind === 'url' || kind === 'site');
  if (remote && settings.offline) {
    throw new RagError('OFFLINE', {
      message: `${remote.uri} is not fetched while offline.`,
      hint: 'Leave out --offline.',
    });
  }
  yield* addSpecs(ingestContext(context), specs, options);
}

/** The address of a site that was crawled stays one, or all of its pages but one would go. */
function asSite({ store }: AppContext, spec: SourceSpec, collection: string): SourceSpec {
  if (spec.kind !== 'url') return spec;
  const site = store.sources(collection).find(({ kind, uri }) => kind === 'site' && uri === spec.uri);
  return site ? { kind: 'site', uri: spec.uri, options: { ...site.options, ...spec.options } } : spec;
}

/** Ingests bytes under a title, which is their name from then on. */
export async function* addBytes(
  context: AppContext,
  bytes: Uint8Array,
  options: AddOptions & { readonly title: string },
): AsyncIterable<IngestEvent> {
  const { title } = options;
  const spec: SourceSpec = { kind: 'stdin', uri: stdinUri(title), options: { title, pii: options.pii } };
  const item = { uri: spec.uri, path: title, size: null, mtimeMs: null, content: { kind: 'bytes' as const, bytes } };
  const listSource = async () => ({ items: [item], skipped: [], root: 'present' as const });
  yield* addSpecs({ ...ingestContext(context), listSource }, [spec], options);
}

async function* addSpecs(
  context: IngestContext,
  specs: readonly SourceSpec[],
  options: AddOptions,
): AsyncIterable<IngestEvent> {
  const { tags = null, dryRun = false, signal } = options;
  const collection = checkedCollectionName(options.collection ?? DEFAULT_COLLECTION);
  if (!dryRun) await waitForWriteLock(context, signal);
  const sources = await rememberSources(context, specs, { collection, tags, dryRun, signal });
  const events = ingest(context, () => sources, { dryRun, signal, retryFailures: true, pruneMissing: false });
  yield* dryRun ? events : forgetWhatNeverCame(context, sources, events);
}

/**
 * A source that could not be listed, and never was, is not remembered: a misspelt URL must not trouble every sync. One
 * that an interrupted run did not come to stays, for the next sync.
 */
async function* forgetWhatNeverCame(
  { store }: IngestContext,
  sources: readonly StoredSource[],
  events: AsyncIterable<IngestEvent>,
): AsyncIterable<IngestEvent> {
  for await (const event of events) {
    if (event.type === 'ingest-end') {
      const failed = new Set(event.report.sourceProblems.map(({ uri }) => uri));
      const never = sources.filter(({ uri, syncedAt, row }) => {
        return failed.has(uri) && syncedAt === null && store.knownItems(row).size === 0;
      });
      if (never.length > 0) {
        store.write((writer) => {
          for (const { row } of never) writer.removeSource(row);
        });
      }
    }
    yield event;
  }
}

function sourceOptions(options: AddOptions, settings: Settings): SourceOptions {
  const { include, exclude, hidden, noIgnore, maxFileBytes, allowPrivate, title, pii, crawl, ocr } = options;
  return {
    include,
    exclude,
    hidden,
    noIgnore,
    title,
    pii,
    crawl,
    ocr: ocr ?? (settings.source.ocr || undefined),
    maxFileBytes: maxFileBytes ?? settings.source.maxFileBytes,
    allowPrivate: allowPrivate ?? settings.source.allowPrivate,
  };
}
