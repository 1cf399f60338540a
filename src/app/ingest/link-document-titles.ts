import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { encodeMentions } from '../../graph/encode-mentions.ts';
import { extractByStretches } from '../../graph/extract-by-stretches.ts';
import { linkTitles } from '../../graph/link-titles.ts';
import { namesOf } from '../../graph/read-graph.ts';
import { indexTitles, type TitleIndex } from '../../graph/scan-titles.ts';
import type { GraphWriter, Store } from '../../store/types.ts';

/** Past this many new titles all texts are read once, instead of asking the word index for each title. */
const MAX_SINGLE_TITLES = 200;
/** A batch is read for so long before it is written: neither other writers nor events of this process wait longer. */
const BATCH_MS = 60;
/** A title of common words may stand in every document; then it says nothing. */
const MAX_SHARE_OF_TITLE = 0.2;
/** So often work is thrown away because another process wrote meanwhile; what is left then is done at the next use. */
const MAX_RESTARTS = 20;
/** What is read, and for how long, while somebody waits for something else. */
const MAX_HURRIED_DOCUMENTS = 50;
const MAX_HURRIED_MS = 500;

type Put = (writer: GraphWriter) => void;

export type LinkOptions = {
  readonly signal?: AbortSignal;
  /**
   * For a search: waits for nobody who writes, leaves much work to the next ingest, and is done within a moment, whether
   * or not something is left.
   */
  readonly isHurried?: boolean;
  /** After each batch: documents that were searched, and all that are. */
  readonly onProgress?: (done: number, total: number) => void;
};

/**
 * Finds where documents say the titles of others: new documents are searched for all titles, the others for the new
 * ones. Texts are read outside the write lock; what another process changed meanwhile is read again. What was done is
 * stored with each document, the new ones last, so that an interrupted run is completed by the next.
 */
export async function linkDocumentTitles(store: Store, options: LinkOptions = {}): Promise<void> {
  // Two at once in one process would throw away each other's work; how the other ends is told to whoever began it.
  while (running.has(store)) {
    if (options.isHurried) return;
    await Promise.allSettled([running.get(store)]);
  }
  const work = link(store, options).finally(() => running.delete(store));
  running.set(store, work);
  await work;
}

const running = new WeakMap<Store, Promise<void>>();

async function link(store: Store, { signal, isHurried = false, onProgress }: LinkOptions): Promise<void> {
  const isTooMuch = (rows: readonly number[]): boolean => isHurried && rows.length > MAX_HURRIED_DOCUMENTS;
  const bounds = { signal, tries: isHurried, deadline: isHurried ? performance.now() + MAX_HURRIED_MS : Infinity };
  for (let restarts = 0; restarts <= (isHurried ? 1 : MAX_RESTARTS); restarts++) {
    if (signal?.aborted) return;
    const generation = store.generation();
    const missing = store.documentsWithoutMentions(Number.MAX_SAFE_INTEGER);
    if (isTooMuch(missing)) return;
    if (missing.length > 0) {
      await inBatches({ ...bounds, store, generation, rows: missing, read: (row) => readMentions(store, row) });
      continue;
    }
    const fresh = store.documentsWithoutTitleLinks();
    if (fresh.length === 0 || isTooMuch(fresh)) return;
    const rows = [...documentsSaying(store, fresh), ...fresh];
    if (isTooMuch(rows)) return;
    const titles = indexTitles(store.documentTitles());
    const read = (row: number): Put | null => readLinks(store, row, titles);
    if (await inBatches({ ...bounds, store, onProgress, generation, rows, read })) return;
  }
}

/** Documents, other than the new ones, that may say the title of a new one. */
function documentsSaying(store: Store, fresh: readonly number[]): Set<number> {
  if (fresh.length > MAX_SINGLE_TITLES) {
    const rows = new Set(store.documentsWithMentions());
    for (const row of fresh) rows.delete(row);
    return rows;
  }
  const rows = new Set<number>();
  const most = Math.max(MAX_SINGLE_TITLES, store.counts().documents * MAX_SHARE_OF_TITLE);
  for (const title of new Set(store.documentTitles(fresh))) {
    const saying = store.documentsWithPhrase(title.replace(/\s*\([^()]*\)\s*$/, ''));
    if (saying.length <= most) for (const row of saying) rows.add(row);
  }
  for (const row of fresh) rows.delete(row);
  return rows;
}

function readLinks(store: Store, row: number, titles: TitleIndex): Put | null {
  const packed = store.mentionsOf(row);
  if (!packed) return null;
  const { text, source } = store.document(row);
  const names = namesOf(source.title, store.documentPath(row));
  const { chunks, count } = linkTitles({ text, chunks: store.chunkSpans(row), titles, packed, names });
  const links = encodeMentions(chunks);
  return (writer) => writer.putTitleLinks(row, links, count);
}

/** For documents that were stored before there was a graph. */
function readMentions(store: Store, row: number): Put | null {
  const chunks = store.chunkSpans(row);
  if (chunks.length === 0) return null;
  const { text, sections } = store.document(row);
  const mentions = encodeMentions(extractByStretches({ text, sections, chunks }));
  return (writer) => writer.putMentions(row, mentions);
}

type Batches = {
  readonly store: Store;
  readonly signal: AbortSignal | undefined;
  readonly onProgress?: LinkOptions['onProgress'];
  /** On the clock of this process, in milliseconds; what is not written by then is left. */
  readonly deadline: number;
  /** Gives up where another process is writing, instead of waiting for it. */
  readonly tries: boolean;
  /** Of the moment before anything was read. */
  readonly generation: number;
  readonly rows: readonly number[];
  readonly read: (row: number) => Put | null;
};

/** False when another process wrote meanwhile, so that what was read of the last batch, and what is left, may be old. */
async function inBatches(batches: Batches): Promise<boolean> {
  const { store, signal, onProgress, deadline, tries, generation, rows, read } = batches;
  let expected = generation;
  for (let next = 0; next < rows.length; ) {
    if (performance.now() > deadline) return true;
    const puts: Put[] = [];
    const until = performance.now() + BATCH_MS;
    for (; next < rows.length && (puts.length === 0 || performance.now() < until); next++) {
      const put = readUnlessChanged(
        () => read(rows[next] as number),
        () => store.generation() !== expected,
      );
      if (put === 'changed') return false;
      if (put) puts.push(put);
    }
    if (puts.length === 0) continue;
    let isOld = false;
    const write = (writer: GraphWriter): void => {
      isOld = store.generation() !== expected;
      if (!isOld) for (const put of puts) put(writer);
    };
    if (!tries) store.write(write);
    else if (!store.tryWrite(write)) return true;
    if (isOld) return false;
    expected++;
    onProgress?.(next, rows.length);
    await setImmediate();
    if (signal?.aborted) return true;
  }
  return true;
}

/** A document that is gone between two statements that read it is a change, no fault. */
function readUnlessChanged(read: () => Put | null, isChanged: () => boolean): Put | null | 'changed' {
  if (isChanged()) return 'changed';
  try {
    return read();
  } catch (error) {
    if (isChanged()) return 'changed';
    throw error;
  }
}
