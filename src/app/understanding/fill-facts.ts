import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { DocumentRow, NewFacts, Store } from '../../store/types.ts';
import { understandParsed } from '../ingest/understand-parsed.ts';
import { ownTitleOf } from '../reprocess/compare-chunks.ts';
import type { FillOptions } from './types.ts';

/** Documents that are written at once: half a second of another process's waiting at most. */
const BATCH = 100;

/** Looks at documents of which nothing is known yet. Returns how many there were; nothing where nothing can be written. */
export async function fillFacts(store: Store, { onProgress, signal }: FillOptions = {}): Promise<number> {
  if (store.readOnly) return 0;
  const rows = store.documentsWithoutFacts(Number.MAX_SAFE_INTEGER);
  for (let at = 0; at < rows.length && !signal?.aborted; at += BATCH) {
    const known: (readonly [DocumentRow, NewFacts])[] = [];
    for (const row of rows.slice(at, at + BATCH)) {
      if (signal?.aborted) break;
      const facts = await factsFromStored(store, row);
      if (facts) known.push([row, facts]);
      await setImmediate();
    }
    store.write((writer) => {
      for (const [row, facts] of known) writer.putFacts(row, facts);
    });
    onProgress?.({ done: Math.min(at + BATCH, rows.length), total: rows.length });
  }
  return rows.length;
}

/** Null where the document went meanwhile. */
export async function factsFromStored(store: Store, row: DocumentRow): Promise<NewFacts | null> {
  try {
    const document = store.document(row);
    const path = store.documentPath(row);
    const [stored] = store.findDocuments(document.id, 1);
    const { title, mediaType, type, modifiedAt } = document.source;
    const parsed = { ...document, title: ownTitleOf(title, path), mediaType, type, modifiedAt, warnings: [] };
    const { understood } = await understandParsed(parsed, {
      name: basename(path),
      bytes: stored?.bytes ?? document.text.length,
    });
    return understood;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'NOT_FOUND') return null;
    throw error;
  }
}
