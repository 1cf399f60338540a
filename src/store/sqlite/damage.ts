import { performance } from 'node:perf_hooks';
import type Database from 'better-sqlite3';
import { RagError } from '../../platform/errors.ts';

/** The error for a file whose parts do not fit together, though SQLite could read each. */
export const damaged = (path: string, what: string): RagError =>
  new RagError('DB_DAMAGED', {
    message: `The database ${path} is damaged (${what}).`,
    hint: 'Restore a copy of the file, or delete it and add the sources again; `rag doctor` shows the details.',
    details: { path },
  });

/** What a search reads, quickest to check first: 8, 37 and 80 ms at 10,000 passages, five times as much at 100,000. */
const SEARCHED_TABLES = ['meta', 'chunks', 'documents', 'chunk_grams', 'chunk_words'];

/** A search that found nothing may take this much longer; what takes too long for it is left to `rag doctor`. */
const MAX_CHECK_MS = 250;

/**
 * A check for a search that found nothing: bytes that changed inside of a page make rows vanish without an error. Throws
 * DB_DAMAGED; passes what was checked already and not written since. `refresh` has FTS5 see what others wrote.
 */
export function createSoundnessCheck(
  database: Database.Database,
  options: { readonly generation: () => number; readonly refresh: () => void },
): () => void {
  let soundAt: number | null = null;
  return database.transaction(() => {
    const generation = options.generation();
    if (soundAt === generation) return;
    options.refresh();
    const deadline = performance.now() + MAX_CHECK_MS;
    for (const table of SEARCHED_TABLES) {
      if (performance.now() > deadline) break;
      const [first] = database.pragma(`integrity_check(${table})`) as { integrity_check: string }[];
      if (first && first.integrity_check !== 'ok') throw damaged(database.name, first.integrity_check);
    }
    soundAt = generation;
  });
}
