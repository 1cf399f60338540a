import { RagError } from '../../../platform/errors.ts';
import { wait } from '../../../platform/wait.ts';
import { crawlSite } from '../../../source/site/crawl-site.ts';
import type { CrawlStep, SiteCrawl } from '../../../source/site/crawl-types.ts';
import type { RememberedSite } from '../../../source/types.ts';
import type { KnownItem } from '../../../store/types.ts';
import type { IngestContext } from '../ingest-context.ts';
import type { IngestSourceOptions, SourceProblem, SourceRun } from '../ingest-source.ts';
import { sourceTreatment } from '../treated-source.ts';
import { finishSite } from './finish-site.ts';
import { createPageSpool } from './page-spool.ts';
import { createPageWriter } from './page-writer.ts';
import { createSiteReader } from './site-reader.ts';
import { createSiteState } from './site-state.ts';

/** Pages that are read before the first is stored: what recurs on them is most of what recurs on all. */
const MIN_BATCH = 16;
/** From there on a twentieth of what there is, as each batch looks at all pages. */
const BATCH_SHARE = 0.05;
const MAX_BATCH = 200;
const MAX_WAITING_BYTES = 48_000_000;

const NOTHING_REMEMBERED: RememberedSite = { pages: new Map(), recurring: new Set(), unfinishedSince: null };

/**
 * Brings the database in step with a site. Its pages are stored as they come, and what is remembered of each with it, so
 * that a crawl that was cut off goes on where it was. When the whole site is known, what turned out to be a copy goes,
 * and what turned out to hold boilerplate is read once more.
 */
export async function ingestSite(
  context: IngestContext,
  run: SourceRun,
  options: IngestSourceOptions,
): Promise<SourceProblem[]> {
  const { store, runtime, settings } = context;
  const { source, emit } = run;
  const { signal, dryRun } = options;
  emit({ type: 'source-start', uri: source.uri, kind: source.kind });
  const isNew = source.row < 0;
  const stored = isNew ? new Map<string, KnownItem>() : store.knownItems(source.row);
  const { known, finish } = sourceTreatment(context, source, { known: stored, dryRun });
  const remembered = isNew ? NOTHING_REMEMBERED : store.rememberedSite(source.row);
  // Where personal data is to be treated in another way, all has to be read again.
  const isStored = (uri: string): boolean => known === stored && known.has(uri);
  const pool = context.startSitePool();
  const crawl = crawlSite({
    spec: source,
    remembered,
    isStored,
    http: { ...context.http, totalTimeoutMs: settings.http.pageTimeoutMs },
    ...createSiteReader(pool),
    clock: runtime.clock,
    wait,
    signal,
  });
  const onAbort = () => pool.close();
  signal?.addEventListener('abort', onAbort, { once: true });
  const state = createSiteState(remembered, isStored);
  const spool = createPageSpool();
  const writer = createPageWriter({ context, run, options, state, spool, known });
  try {
    if (!dryRun) {
      const unfinishedSince = remembered.unfinishedSince ?? new Date(runtime.clock.now()).toISOString();
      store.write((w) => w.putSite(source.row, { recurring: remembered.recurring, unfinishedSince }));
    }
    await takePages(crawl, (step) => {
      if (step.kind === 'progress') {
        emit({ type: 'crawl-progress', uri: step.uri, done: step.done, total: step.done + step.waiting });
      } else if (step.kind === 'refused') {
        state.miss(step.uri, step.keeps);
        if (step.isTold) writer.tellRefused(step);
      } else {
        state.see(step.page);
        writer.add(step);
      }
      return writer;
    });
    if (signal?.aborted) return [];
    const problems = await finishSite({ context, run, options, crawl, state, spool, writer });
    return crawl.summary().complete && !signal?.aborted ? [...problems, ...(await finish())] : problems;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    crawl.close();
    pool.close();
  }
}

type Writing = { readonly waiting: () => number; readonly waitingBytes: () => number; flush(): Promise<void> };

/** Goes on asking for pages while those that came are written, unless too many wait. */
async function takePages(crawl: SiteCrawl, take: (step: CrawlStep) => Writing): Promise<void> {
  let writing: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;
  let taken = 0;
  try {
    for await (const step of crawl.steps()) {
      const writer = take(step);
      if (failure) break;
      taken++;
      const enough = Math.min(MAX_BATCH, Math.max(MIN_BATCH, taken * BATCH_SHARE));
      const isLate = writer.waitingBytes() > MAX_WAITING_BYTES;
      if (writing && isLate) await writing;
      if (writing || (writer.waiting() < enough && !isLate)) continue;
      writing = writer.flush().then(
        () => {
          writing = null;
        },
        (error) => {
          failure = { error };
          writing = null;
        },
      );
    }
  } finally {
    // Also after an interrupt: nothing is written any more once this returns.
    await writing;
  }
  const failed = failure as { readonly error: unknown } | null;
  if (failed)
    throw failed.error instanceof Error ? failed.error : new RagError('INTERNAL', { message: String(failed.error) });
}
