import type Database from 'better-sqlite3';
import type { Span } from '../../domain/span.ts';

/** UTF-16 units in one stored run: a passage costs one row, a book some hundreds. */
const RUN_LENGTH = 32_768;

/** The text of documents, kept in runs so that a passage is read without the rest of a long document. */
export function createTexts(database: Database.Database) {
  const insert = database.prepare<[number, number, string]>(
    'INSERT INTO document_texts (document_id, start, text) VALUES (?, ?, ?)',
  );
  const selectAll = database
    .prepare<[number], string>('SELECT text FROM document_texts WHERE document_id = ? ORDER BY start')
    .pluck();
  const selectRuns = database.prepare<[number, number, number], { start: number; text: string }>(
    'SELECT start, text FROM document_texts WHERE document_id = ? AND start < ? AND start > ? ORDER BY start',
  );
  return {
    put(document: number, text: string): void {
      for (let start = 0; start < text.length || start === 0; ) {
        const end = cutAt(text, start + RUN_LENGTH);
        insert.run(document, start, text.slice(start, end));
        start = end;
        if (end === 0) break;
      }
    },
    get: (document: number): string => selectAll.all(document).join(''),
    slice(document: number, { start, end }: Span): string {
      const runs = selectRuns.all(document, end, start - RUN_LENGTH - 1);
      const base = runs[0]?.start ?? 0;
      return runs
        .map((run) => run.text)
        .join('')
        .slice(Math.max(0, start - base), Math.max(0, end - base));
    },
  };
}

/** Never between the halves of a surrogate pair, which UTF-8 cannot hold apart. */
function cutAt(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const unit = text.charCodeAt(end);
  return unit >= 0xdc00 && unit <= 0xdfff ? end - 1 : end;
}
