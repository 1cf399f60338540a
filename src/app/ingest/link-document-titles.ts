import { encodeMentions } from '../../graph/encode-mentions.ts';
import { extractByStretches } from '../../graph/extract-by-stretches.ts';
import { linkTitles } from '../../graph/link-titles.ts';
import { namesOf } from '../../graph/read-graph.ts';
import { indexTitles, type TitleIndex } from '../../graph/scan-titles.ts';
import type { Store } from '../../store/types.ts';

/** Past this many new titles all texts are read once, instead of asking the word index for each title. */
const MAX_SINGLE_TITLES = 200;
/** Documents of one transaction. */
const BATCH_DOCUMENTS = 1000;
/** A title of common words may stand in every document; then it says nothing. */
const MAX_SHARE_OF_TITLE = 0.2;

/**
 * Finds where documents say the titles of others: new documents are searched for all titles, the others for the new
 * ones. What was done is stored with each document, so that an interrupted run is completed by the next.
 */
export function linkDocumentTitles(store: Store, signal?: AbortSignal): void {
  if (linkedAt.get(store) === store.generation()) return;
  linkMissing(store, signal);
  if (!signal?.aborted) linkedAt.set(store, store.generation());
}

/** The generation that was last found complete: asking every document takes 20 ms of a search over 100,000. */
const linkedAt = new WeakMap<Store, number>();

function linkMissing(store: Store, signal?: AbortSignal): void {
  extractMissing(store, signal);
  const fresh = store.documentsWithoutTitleLinks();
  if (fresh.length === 0) return;
  const titles = indexTitles(store.documentTitles());
  const rows = new Set(fresh);
  if (fresh.length > MAX_SINGLE_TITLES) for (const row of store.documentsWithMentions()) rows.add(row);
  else {
    const most = Math.max(MAX_SINGLE_TITLES, store.counts().documents * MAX_SHARE_OF_TITLE);
    for (const title of new Set(store.documentTitles(fresh))) {
      const saying = store.documentsWithPhrase(title.replace(/\s*\([^()]*\)\s*$/, ''));
      if (saying.length <= most) for (const row of saying) rows.add(row);
    }
  }
  inBatches([...rows], signal, (batch) => linkBatch(store, batch, titles));
}

function linkBatch(store: Store, rows: readonly number[], titles: TitleIndex): void {
  store.write((writer) => {
    for (const row of rows) {
      const packed = store.mentionsOf(row);
      // Another process may have removed the document since the rows were listed.
      if (!packed) continue;
      const { text, source } = store.document(row);
      const names = namesOf(source.title, store.documentPath(row));
      const links = linkTitles({ text, chunks: store.chunkSpans(row), titles, packed, names });
      writer.putTitleLinks(row, encodeMentions(links.chunks), links.count);
    }
  });
}

/** Documents that were stored before there was a graph. */
function extractMissing(store: Store, signal?: AbortSignal): void {
  inBatches(store.documentsWithoutMentions(Number.MAX_SAFE_INTEGER), signal, (rows) =>
    store.write((writer) => {
      for (const row of rows) {
        const chunks = store.chunkSpans(row);
        if (chunks.length === 0) continue;
        const { text, sections } = store.document(row);
        writer.putMentions(row, encodeMentions(extractByStretches({ text, sections, chunks })));
      }
    }),
  );
}

function inBatches(
  rows: readonly number[],
  signal: AbortSignal | undefined,
  work: (rows: readonly number[]) => void,
): void {
  for (let start = 0; start < rows.length; start += BATCH_DOCUMENTS) {
    if (signal?.aborted) return;
    work(rows.slice(start, start + BATCH_DOCUMENTS));
  }
}
