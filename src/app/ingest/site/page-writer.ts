import type { CrawlStep } from '../../../source/site/crawl-types.ts';
import type { PagePlan } from '../../../source/site/plan-site.ts';
import type { BytesContent, RememberedPage, SourceItem } from '../../../source/types.ts';
import type { KnownItem } from '../../../store/types.ts';
import type { ItemOutcome } from '../../types.ts';
import type { IngestContext } from '../ingest-context.ts';
import { type IngestSourceOptions, ingestListing, type SourceRun } from '../ingest-source.ts';
import type { PageSpool } from './page-spool.ts';
import type { SiteState } from './site-state.ts';

type PageStep = Extract<CrawlStep, { kind: 'page' }>;
type RefusedStep = Extract<CrawlStep, { kind: 'refused' }>;

export type PageParts = {
  readonly context: IngestContext;
  readonly run: SourceRun;
  readonly options: IngestSourceOptions;
  readonly state: SiteState;
  readonly spool: PageSpool;
  /** As it was when the crawl began. */
  readonly known: ReadonlyMap<string, KnownItem>;
};

/** A page whose text is to be stored, without the blocks of the plan. */
export type PageToStore = {
  readonly page: RememberedPage;
  readonly content: BytesContent;
  readonly mtimeMs: number | null;
  readonly plan: Extract<PagePlan, { kind: 'store' }>;
};

export type PageWriter = {
  add(step: PageStep): void;
  tellRefused(step: RefusedStep): void;
  tell(outcome: ItemOutcome): void;
  /** Pages that wait to be written. */
  readonly waiting: () => number;
  readonly waitingBytes: () => number;
  /** Stores what can be, as far as the site is known; the rest is for the end. */
  flush(): Promise<void>;
  store(pages: readonly PageToStore[]): Promise<void>;
  /** Pages whose fate the end decides, with when they were changed. */
  readonly undecided: ReadonlyMap<string, number | null>;
};

/** Stores the pages of a crawl in batches, each with what is remembered of it. */
export function createPageWriter({ context, run, options, state, spool, known }: PageParts): PageWriter {
  const { store } = context;
  const { source, progress, emit } = run;
  const undecided = new Map<string, number | null>();
  const told = new Set<string>();
  let waiting: PageStep[] = [];
  let waitingBytes = 0;

  const tell = (outcome: ItemOutcome): void => {
    told.add(outcome.uri);
    progress.done++;
    progress.total++;
    emit({ type: 'item-end', outcome, done: progress.done, total: progress.total });
  };

  const remember = (pages: readonly RememberedPage[]): void => {
    if (options.dryRun || pages.length === 0) return;
    const rows = pages.map((page) => ({ ...page, leftOut: state.storedAs(page.uri) }));
    store.write((w) => w.putPages(source.row, rows));
  };

  /** Of a page that did not change, what became of it when it was read. */
  const tellUnchanged = (uri: string): void => {
    const failure = known.get(uri)?.documentRow === null && store.failures().find((failed) => failed.uri === uri);
    if (!failure) tell({ uri, path: uri, status: 'unchanged' });
    else {
      const { code, message } = failure;
      tell({ uri, path: uri, status: code === 'PARSE_LEFT_OUT' ? 'skipped' : 'failed', reason: { code, message } });
    }
  };

  const storePages = async (pages: readonly PageToStore[]): Promise<void> => {
    if (pages.length === 0) return;
    const items = pages.map(({ page, content, mtimeMs, plan }) => itemOf(page.uri, content, mtimeMs, plan.leftOut));
    const current = source.row < 0 ? known : store.knownItems(source.row);
    const toCompare = new Map(current);
    for (const { page, plan } of pages) {
      const item = current.get(page.uri);
      // The same bytes without other blocks are another text.
      if (item && state.storedAs(page.uri) !== plan.leftOutKey) toCompare.set(page.uri, { ...item, contentHash: null });
    }
    // What was told of a page of this crawl is not told again when it has to be read once more.
    const quiet: SourceRun = {
      ...run,
      emit: (event) => {
        if (event.type !== 'item-end') return emit(event);
        if (!told.has(event.outcome.uri)) tell(event.outcome);
      },
      progress: { done: 0, total: 0 },
    };
    await ingestListing(context, quiet, options, {
      listing: { items, skipped: [], root: 'part' },
      known: toCompare,
    });
    if (options.signal?.aborted) return;
    for (const { page, plan } of pages) state.stored(page.uri, plan.leftOutKey);
    remember(pages.map(({ page }) => page));
  };

  return {
    undecided,
    tell,
    add(step) {
      waiting.push(step);
      waitingBytes += step.content?.bytes.byteLength ?? 0;
    },
    tellRefused({ uri, code, message, isFailure }) {
      tell({ uri, path: uri, status: isFailure ? 'failed' : 'skipped', reason: { code, message } });
    },
    waiting: () => waiting.length,
    waitingBytes: () => waitingBytes,
    async flush() {
      const steps = waiting;
      waiting = [];
      waitingBytes = 0;
      const pages = state.pages();
      const { plan } = state.plan();
      const toStore: PageToStore[] = [];
      const asTheyWere: RememberedPage[] = [];
      for (const { page, content, mtimeMs } of steps) {
        const { uri, canonical } = page;
        const planned = plan.get(uri);
        if (content && page.use === 'text') spool.put(uri, content);
        const mayBeCopy = canonical !== null && !pages.has(canonical) && !state.isMissing(canonical);
        if (planned?.kind === 'links-only') asTheyWere.push(page);
        else if (planned?.kind !== 'store' || mayBeCopy) undecided.set(uri, mtimeMs);
        else if (content) toStore.push({ page, content, mtimeMs, plan: planned });
        else if (state.storedAs(uri) === planned.leftOutKey) {
          tellUnchanged(uri);
          asTheyWere.push(page);
        } else undecided.set(uri, mtimeMs);
      }
      remember(asTheyWere);
      await storePages(toStore);
    },
    store: storePages,
  };
}

const itemOf = (
  uri: string,
  content: BytesContent,
  mtimeMs: number | null,
  leaveOut: readonly string[],
): SourceItem => ({
  uri,
  path: uri,
  // Pages of the same size and time are compared by their bytes.
  size: null,
  mtimeMs,
  content: leaveOut.length > 0 ? { ...content, leaveOut } : content,
});
