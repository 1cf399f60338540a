import { basename, extname } from 'node:path';
import type { SourceItem } from '../../source/types.ts';
import type { KnownItem, StoredSource } from '../../store/types.ts';
import { documentIdOf } from '../document-id.ts';
import type { ItemOutcome, ItemStatus } from '../types.ts';
import type { DocumentWriter } from './document-writer.ts';
import type { ParseReply } from './parse-task.ts';

export type SettlerOptions = {
  readonly source: StoredSource;
  readonly known: ReadonlyMap<string, KnownItem>;
  readonly writer: DocumentWriter;
  readonly tell: (outcome: ItemOutcome) => void;
  readonly dryRun: boolean;
};

/** A reply that says what became of one item; what holds many is settled otherwise. */
export type SettledReply = Exclude<ParseReply, { readonly status: 'container' }>;

/** 'lost': nothing is known of what it holds now, and what is stored of it stays. */
export type Settlement = 'document' | 'failure' | 'lost';

export type Settler = {
  /** Puts what a worker made of an item into the next batch, with its outcome. */
  settle(item: SourceItem, reply: SettledReply): Settlement;
  /** What is stored and there no more: the same bytes elsewhere are the same document, moved. */
  offerMoves(items: readonly KnownItem[]): void;
  /** URIs of those that have moved. */
  readonly moved: ReadonlySet<string>;
};

export function createSettler({ source, known, writer, tell, dryRun }: SettlerOptions): Settler {
  const moves = new Map<string, KnownItem>();
  const moved = new Set<string>();
  const put = (outcome: ItemOutcome, write: Parameters<DocumentWriter['put']>[0]) => {
    if (dryRun) tell(outcome);
    else writer.put(write, outcome);
  };

  const settle = (item: SourceItem, reply: SettledReply): Settlement => {
    const { uri, path } = item;
    const former = known.get(uri);
    const readMs = reply.elapsedMs;
    if (reply.status === 'unchanged') {
      put({ uri, path, status: 'unchanged', readMs }, (w) => {
        if (former?.documentRow) w.touchDocument(former.documentRow, reply.size, item.mtimeMs);
      });
      return 'document';
    }
    if (reply.status === 'failed') {
      const { code, message, hint } = reply;
      const outcome: ItemOutcome = { uri, path, status: statusOf(code), reason: { code, message, hint }, readMs };
      if (code === 'SOURCE_FAILED') {
        // It could not even be opened, so nothing is known of what it holds: what is stored stays, and the next run tries.
        tell({ ...outcome, status: 'failed' });
        return 'lost';
      }
      put(outcome, (w) => {
        // The stored text is no longer what the source holds; the failure says why it is gone.
        if (former?.documentRow) w.removeDocuments([former.documentRow]);
        w.putFailure({ sourceRow: source.row, uri, path, size: item.size, mtimeMs: item.mtimeMs, code, message });
      });
      return 'failure';
    }
    const { document, understood, chunks, mentions, contentHash, size } = reply;
    const id = documentIdOf(source.collection, uri);
    const place = { id, uri, path, title: titleOf(document.title, item), size, mtimeMs: item.mtimeMs };
    const origin = former?.documentRow ? undefined : moves.get(contentHash);
    if (origin?.documentRow && !moved.has(origin.uri) && isReadAlike(origin.path, path)) {
      const row = origin.documentRow;
      moved.add(origin.uri);
      put({ uri, path, status: 'moved', from: origin.path, chunks: chunks.length, readMs }, (w) => {
        w.moveDocument(row, place);
        w.removeFailures(source.row, [uri]);
      });
      return 'document';
    }
    const status = former?.documentRow ? 'updated' : 'added';
    const { warnings } = document;
    const outcome: ItemOutcome = { uri, path, status, chunks: chunks.length, warnings, readMs, pii: reply.pii };
    if (dryRun) {
      tell(outcome);
      return 'document';
    }
    if (former && !former.documentRow) writer.put((w) => w.removeFailures(source.row, [uri]), null);
    const { warnings: _, title: ownTitle, modifiedAt, ...rest } = document;
    writer.putDocument(
      {
        ...rest,
        ...place,
        ownTitle,
        sourceRow: source.row,
        contentHash,
        modifiedAt: modifiedAt ?? (item.mtimeMs === null ? null : new Date(item.mtimeMs).toISOString()),
        chunks,
        mentions,
        understood,
      },
      outcome,
    );
    return 'document';
  };

  return {
    settle,
    moved,
    offerMoves(items) {
      for (const item of items) if (item.contentHash) moves.set(item.contentHash, item);
    },
  };
}

/** What is no document is left out, as a file with the extension of a picture is; anything else should have been read. */
export const statusOf = (code: string): ItemStatus => (code === 'PARSE_LEFT_OUT' ? 'skipped' : 'failed');

/** The extension has a say in what the same bytes are: `notes.txt` as `notes.md` is another document. */
const isReadAlike = (former: string, path: string): boolean =>
  extname(former).toLowerCase() === extname(path).toLowerCase();

const titleOf = (ownTitle: string | null, item: SourceItem): string =>
  ownTitle?.trim() || basename(item.path) || item.path;
