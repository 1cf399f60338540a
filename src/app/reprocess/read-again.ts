import type { ProcessPool } from '../../platform/process-pool.ts';
import type { SourceItem } from '../../source/types.ts';
import type { KnownItem, Processing, StoredDocument, StoredSource } from '../../store/types.ts';
import type { IngestContext } from '../ingest/ingest-context.ts';
import type { ParseReply, StoredDocumentText, WorkerReply, WorkerTask } from '../ingest/parse-task.ts';
import { reasonOfLoss, taskOf } from '../ingest/read-item.ts';
import { ownTitleOf } from './compare-chunks.ts';

export type Again = {
  readonly source: StoredSource;
  readonly document: StoredDocument;
  /** What is known of its file. */
  readonly known: KnownItem | undefined;
  /** Its file as it is now; undefined where there is none to read. */
  readonly item: SourceItem | undefined;
  readonly processing: Processing;
};

/** A document read once more, from its file where it is there, else from its stored text. */
export async function readAgain(
  { store, settings }: Pick<IngestContext, 'store' | 'settings'>,
  pool: ProcessPool<WorkerTask, WorkerReply>,
  { source, document, known, item, processing }: Again,
): Promise<{ readonly item: SourceItem; readonly reply: ParseReply; readonly isFromStored: boolean }> {
  const isFromStored = item === undefined;
  const read: SourceItem = item ?? {
    uri: document.source.uri,
    path: document.path,
    size: known?.size ?? null,
    mtimeMs: known?.mtimeMs ?? null,
    content: { kind: 'bytes', bytes: new Uint8Array() },
  };
  if (isFromStored && processing.parser !== undefined)
    return { item: read, reply: noSource(processing.parser), isFromStored };
  const task = taskOf({ settings, options: source.options, item: read, knownHash: null, processing });
  try {
    const reply = await pool.run(isFromStored ? { ...task, stored: storedText() } : task);
    return { item: read, reply: reply as ParseReply, isFromStored };
  } catch (error) {
    return { item: read, reply: { ...reasonOfLoss(error), elapsedMs: 0 }, isFromStored };
  }

  function storedText(): StoredDocumentText {
    const {
      text,
      firstLine,
      sections,
      language,
      tags,
      metadata,
      contentHash,
      source: ref,
    } = store.document(document.row);
    return {
      text,
      title: ownTitleOf(ref.title, document.path),
      mediaType: ref.mediaType,
      type: ref.type,
      firstLine,
      language,
      modifiedAt: ref.modifiedAt,
      // Those of the source are added to it whenever it is read.
      tags: tags.filter((tag) => !source.tags.includes(tag)),
      metadata,
      sections,
      warnings: [],
      contentHash,
      size: document.bytes,
    };
  }
}

const noSource = (parser: string): ParseReply => ({
  status: 'failed',
  code: 'SOURCE_MISSING',
  message: `Its bytes are not there any more to be read as ${parser}.`,
  elapsedMs: 0,
});
