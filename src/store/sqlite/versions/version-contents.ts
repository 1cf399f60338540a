import { crc32 } from 'node:zlib';
import type Database from 'better-sqlite3';
import { RagError } from '../../../platform/errors.ts';
import { damaged } from '../damage.ts';
import type { createTexts } from '../texts.ts';
import { applyDelta, encodeDelta } from './byte-delta.ts';
import { type PackedChunk, packContent } from './pack-content.ts';

/** Every so many versions one is kept whole, so that no more deltas have to be gone through to read one. */
const WHOLE_EVERY = 32;

const NOTHING = new Uint8Array(0);

type ContentRecord = {
  id: number;
  history_id: number;
  number: number;
  content: Buffer;
  is_whole: number;
  content_length: number;
  content_check: number;
};

export type EncodedContent = {
  readonly content: Uint8Array;
  readonly isWhole: boolean;
  readonly length: number;
  readonly check: number;
};

/** Contents of documents and of former versions, each of which is kept against the next newer one. */
export function createVersionContents(database: Database.Database, texts: ReturnType<typeof createTexts>) {
  const sectionsOf = database.prepare<[number], string>('SELECT sections FROM documents WHERE id = ?').pluck();
  const chunksOf = database.prepare<[number], Record<string, unknown>>(
    'SELECT * FROM chunks WHERE document_id = ? ORDER BY ordinal',
  );
  const presentOf = database.prepare<[number], number>('SELECT id FROM documents WHERE history_id = ?').pluck();
  const byRow = database.prepare<[number], ContentRecord>('SELECT * FROM versions WHERE id = ?');
  // From a version on, up to the first that is whole.
  const newer = database.prepare<[number, number, number], ContentRecord>(
    'SELECT * FROM versions WHERE history_id = ? AND number > ? ORDER BY number LIMIT ?',
  );
  const nextNewer = database.prepare<[number, number], { id: number; number: number }>(
    'SELECT id, number FROM versions WHERE history_id = ? AND number > ? ORDER BY number LIMIT 1',
  );

  const ofDocument = (row: number): Buffer => {
    const chunks = chunksOf.all(row).map((chunk): PackedChunk => {
      const { id: _id, document_id, ordinal, start, end, line_start, line_end, ...other } = chunk;
      return {
        start: start as number,
        end: end as number,
        lineStart: line_start as number | null,
        lineEnd: line_end as number | null,
        other,
      };
    });
    return packContent({ text: texts.get(row), sections: sectionsOf.get(row) ?? '[]', chunks });
  };

  const undo = (record: ContentRecord, base: Uint8Array): Uint8Array => {
    const bytes = applyDelta(record.content, record.is_whole ? NOTHING : base, record.content_length);
    if (crc32(bytes) === record.content_check) return bytes;
    throw damaged(database.name, `version ${record.number} of a document is not what was kept`);
  };

  const recordOf = (version: number): ContentRecord => {
    const record = byRow.get(version);
    if (record) return record;
    throw new RagError('NOT_FOUND', {
      message: 'The version was dropped a moment ago.',
      hint: '`rag history` lists those that there are.',
    });
  };

  /** Throws NOT_FOUND, DB_DAMAGED. */
  const ofVersion = (version: number): Buffer => {
    const record = recordOf(version);
    const chain = [record];
    for (let last = record; !last.is_whole; ) {
      const [next] = newer.all(record.history_id, last.number, 1);
      if (!next) break;
      chain.push(next);
      last = next;
    }
    const oldestWhole = chain.at(-1) as ContentRecord;
    const present = presentOf.get(record.history_id);
    if (!oldestWhole.is_whole && present === undefined)
      throw damaged(database.name, `what version ${record.number} of a document is kept against is gone`);
    const base: Uint8Array = oldestWhole.is_whole ? NOTHING : ofDocument(present as number);
    return Buffer.from(chain.reduceRight((newerContent, each) => undo(each, newerContent), base));
  };

  const encode = (content: Uint8Array, base: Uint8Array | null): EncodedContent => ({
    content: encodeDelta(content, base ?? NOTHING),
    isWhole: base === null,
    length: content.length,
    check: crc32(content),
  });

  return {
    ofDocument,
    ofVersion,
    encode,
    /** Whether a version of this number is kept whole, whatever it differs in. */
    isWholeByNumber: (number: number): boolean => number % WHOLE_EVERY === 0,
    isWhole: (version: number): boolean => recordOf(version).is_whole === 1,
    /** The next newer former version that there is; null when that is the present one, or none. */
    newerThan: (history: number, number: number): number | null => nextNewer.get(history, number)?.id ?? null,
    presentOf: (history: number): number | null => presentOf.get(history) ?? null,
  };
}
