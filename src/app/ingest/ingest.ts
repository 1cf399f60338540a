import { isRagError, RagError } from '../../platform/errors.ts';
import { WorkerLost } from '../../platform/process-pool.ts';
import type { CrawlSummary, SourceSpec } from '../../source/types.ts';
import type { StoredSource } from '../../store/types.ts';
import { agreedSpace } from '../agreed-space.ts';
import { pruneVersions } from '../history/retention.ts';
import type { IngestEvent, IngestReport } from '../types.ts';
import { createEmbedProgress } from './embed-progress.ts';
import { NO_COUNTS } from './empty-report.ts';
import { createEventChannel } from './event-channel.ts';
import type { IngestContext } from './ingest-context.ts';
import { type IngestSourceOptions, ingestSource, reasonOf, type SourceProblem } from './ingest-source.ts';
import { linkDocumentTitles } from './link-document-titles.ts';
import { workerCount } from './worker-count.ts';

/**
 * After so many changes the graph that searches walk is built at once, or else by the first search. To build it takes
 * .3 s for 7,600 documents, which is much after one change.
 */
export const MANY_CHANGES = 100;

/**
 * Ingests sources one after another, and tells of it as it happens. The last event is always `ingest-end`.
 * A reader that leaves before it stops the work; what was finished is stored by then.
 */
export async function* ingest(
  context: IngestContext,
  sources: () => readonly StoredSource[],
  options: IngestSourceOptions,
): AsyncIterable<IngestEvent> {
  const left = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal;
  const channel = createEventChannel<IngestEvent>();
  const { clock } = context.runtime;
  const counts = { ...NO_COUNTS };
  let chunks = 0;
  let pii: Record<string, number> | undefined;
  const crawls: CrawlSummary[] = [];
  const emit = (event: IngestEvent): void => {
    if (event.type === 'item-end') {
      counts[event.outcome.status]++;
      chunks +=
        event.outcome.status === 'added' || event.outcome.status === 'updated' ? (event.outcome.chunks ?? 0) : 0;
    }
    if (event.type === 'item-end' && event.outcome.pii) {
      pii ??= {};
      for (const { kind, count } of event.outcome.pii) pii[kind] = (pii[kind] ?? 0) + count;
    }
    if (event.type === 'crawl-end') crawls.push(event.crawl);
    channel.push(event);
  };

  const work = async (): Promise<void> => {
    const started = clock.now();
    const pool = context.startPool();
    const onAbort = () => pool.close();
    signal.addEventListener('abort', onAbort, { once: true });
    const problems: SourceProblem[] = [];
    const progress = { done: 0, total: 0 };
    const embedProgress = createEmbedProgress(clock, (done, total) =>
      channel.push({ type: 'embed-progress', done, total }),
    );
    const cutBefore = context.embedder.cutTexts ?? 0;
    try {
      const workers = workerCount(context.settings.ingest.workers);
      for (const source of sources()) {
        if (signal.aborted) break;
        try {
          const bringInStep =
            source.kind === 'site' ? (await import('./site/ingest-site.ts')).ingestSite : ingestSource;
          problems.push(
            ...(await bringInStep(
              context,
              { source, pool, workers, emit, progress, embedProgress },
              { ...options, signal },
            )),
          );
        } catch (error) {
          if (error instanceof WorkerLost && signal.aborted) break;
          if (isRagError(error) && error.code.startsWith('SOURCE_'))
            problems.push({ uri: source.uri, ...reasonOf(error) });
          else if (!(isRagError(error) && error.code === 'ABORTED')) throw error;
        }
      }
      const changed = counts.added + counts.updated + counts.moved + counts.removed;
      if (!options.dryRun && !options.isUnfinished) {
        // Whatever changed: a run before this one may have been interrupted.
        const onProgress = (done: number, total: number) => channel.push({ type: 'link-progress', done, total });
        await linkDocumentTitles(context.store, { signal, onProgress });
      }
      if (!options.dryRun && changed > 0) {
        if (!signal.aborted && !options.isUnfinished) pruneVersions(context);
        if (changed >= MANY_CHANGES && !signal.aborted && !options.isUnfinished) context.graph?.prepare();
        context.store.checkpoint();
      }
      const cutTexts = (context.embedder.cutTexts ?? 0) - cutBefore;
      const report: IngestReport = {
        dryRun: options.dryRun,
        counts,
        chunks,
        ...(cutTexts > 0 && { cutTexts }),
        ...(pii && { pii }),
        ...(crawls.length > 0 && { crawls }),
        elapsedMs: clock.now() - started,
        interrupted: signal.aborted,
        sourceProblems: problems,
      };
      channel.push({ type: 'ingest-end', report });
      channel.end();
    } finally {
      signal.removeEventListener('abort', onAbort);
      pool.close();
    }
  };
  const finished = work().catch(channel.fail);
  try {
    yield* channel;
  } finally {
    left.abort();
    await finished;
  }
}

/**
 * The sources as they are stored; in a dry run as they would be. Before anything is read it throws SPACE_MISMATCH, or what
 * the model says when it is asked for the dimensions of a new database.
 */
export async function rememberSources(
  context: IngestContext,
  specs: readonly SourceSpec[],
  options: { collection: string; tags: readonly string[] | null; dryRun: boolean; signal?: AbortSignal },
): Promise<StoredSource[]> {
  const { store } = context;
  const { collection, tags, dryRun, signal } = options;
  if (dryRun) {
    const stored = new Map(store.sources(collection).map((source) => [source.uri, source]));
    return specs.map((spec) => {
      const there = stored.get(spec.uri);
      const { row = -1, syncedAt = null, treatment = null } = there ?? {};
      const options = withFormerTreatment(spec, there).options;
      return { ...spec, options, row, collection, tags: tags ?? there?.tags ?? [], addedAt: '', syncedAt, treatment };
    });
  }
  if (store.readOnly) {
    throw new RagError('DB_READ_ONLY', {
      message: `The database ${store.path} cannot be written.`,
      hint: 'Make the file and its folder writable, or choose another file with --db.',
    });
  }
  const space = await agreedSpace(context, signal);
  return store.write((writer) => {
    writer.useSpace(space);
    const stored = new Map(store.sources(collection).map((source) => [source.uri, source]));
    return specs.map((spec) => writer.putSource(withFormerTreatment(spec, stored.get(spec.uri)), collection, tags));
  });
}

/** What is done with personal data is not undone by adding the same source again without a word about it. */
const withFormerTreatment = (spec: SourceSpec, former: StoredSource | undefined): SourceSpec =>
  spec.options.pii === undefined && former?.options.pii !== undefined
    ? { ...spec, options: { ...spec.options, pii: former.options.pii } }
    : spec;
