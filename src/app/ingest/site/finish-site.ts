import type { SiteCrawl } from '../../../source/site/crawl-types.ts';
import type { PagePlan } from '../../../source/site/plan-site.ts';
import type { RememberedPage } from '../../../source/types.ts';
import type { SourceProblem } from '../ingest-source.ts';
import type { PageParts, PageToStore, PageWriter } from './page-writer.ts';

/** Pages that are read once more at a time. */
const BATCH = 32;

type FinishParts = Omit<PageParts, 'known'> & { readonly crawl: SiteCrawl; readonly writer: PageWriter };

/** What is left to do when the crawl has come to its end: what only the whole site tells of each page. */
export async function finishSite(parts: FinishParts): Promise<SourceProblem[]> {
  const { context, run, options, crawl, state, writer } = parts;
  const { store } = context;
  const { source } = run;
  await writer.flush();
  const { complete } = crawl.summary();
  if (complete) state.forgetUnseen();
  const { plan, recurring } = state.plan();
  const pages = state.pages();
  await storeAgain(parts, pages, plan);
  if (options.signal?.aborted) return [];

  let duplicates = 0;
  for (const [uri, planned] of plan) {
    if (planned.kind !== 'duplicate' || !state.isSeen(uri)) continue;
    duplicates++;
    const message =
      planned.why === 'canonical'
        ? `It is a copy by its own word; ${planned.of} is stored.`
        : `It has the same text as ${planned.of}, which is stored.`;
    writer.tell({ uri, path: uri, status: 'skipped', reason: { code: 'duplicate', message } });
  }
  const known = source.row < 0 ? new Map() : store.knownItems(source.row);
  const gone = [...known.values()].filter(({ uri }) => {
    const planned = plan.get(uri);
    return planned ? planned.kind !== 'store' : state.isMissing(uri) || (complete && !state.isKept(uri));
  });
  const remembered = source.row < 0 ? [] : [...store.rememberedSite(source.row).pages.keys()];
  if (!options.dryRun) {
    store.write((w) => {
      w.removeDocuments(gone.flatMap(({ documentRow }) => documentRow ?? []));
      w.removeFailures(
        source.row,
        gone.map(({ uri }) => uri),
      );
      w.removePages(
        source.row,
        remembered.filter((uri) => !pages.has(uri)),
      );
      const removed = new Set(gone.map(({ uri }) => uri));
      w.putPages(
        source.row,
        [...pages.values()]
          .filter(({ uri }) => state.isSeen(uri))
          .map((page) => ({ ...page, leftOut: removed.has(page.uri) ? null : state.storedAs(page.uri) })),
      );
      w.putSite(source.row, { recurring, unfinishedSince: null });
      w.markSynced(source.row);
    });
  }
  for (const { uri, path } of gone) writer.tell({ uri, path, status: 'removed' });
  const summary = crawl.summary();
  const refused = duplicates > 0 ? { ...summary.refused, duplicate: duplicates } : summary.refused;
  run.emit({ type: 'crawl-end', crawl: { ...summary, refused, recurringBlocks: recurring.size } });
  if (summary.endedBy !== 'server') return [];
  const message = `${summary.reason} What is stored of the other pages stays.`;
  return [{ uri: source.uri, code: 'SOURCE_FAILED', message, hint: 'Run `rag sync` later: it goes on from there.' }];
}

/** Pages that were left undecided, and pages that are stored without the right blocks. */
async function storeAgain(
  { crawl, state, spool, writer, options }: FinishParts,
  pages: ReadonlyMap<string, RememberedPage>,
  plan: ReadonlyMap<string, PagePlan>,
): Promise<void> {
  let batch: PageToStore[] = [];
  for (const [uri, planned] of plan) {
    if (options.signal?.aborted) return;
    if (planned.kind !== 'store' || !state.isSeen(uri)) continue;
    const isUnread = writer.undecided.has(uri) && spool.get(uri) !== null;
    if (state.storedAs(uri) === planned.leftOutKey && !isUnread) {
      if (writer.undecided.has(uri)) writer.tell({ uri, path: uri, status: 'unchanged' });
      continue;
    }
    const content = spool.get(uri) ?? (await crawl.again(uri));
    if (!content) continue;
    batch.push({ page: pages.get(uri)!, content, mtimeMs: writer.undecided.get(uri) ?? null, plan: planned });
    if (batch.length >= BATCH) {
      await writer.store(batch);
      batch = [];
    }
  }
  await writer.store(batch);
}
