import type { SchemaElement } from 'hyparquet';
import type { ExportedDocument } from '../../app/transfer/types.ts';
import { chunkIdOf } from '../../domain/ids.ts';

/** So many passages with vectors of 1,000 dimensions are 8 MB. */
const ROWS_IN_GROUP = 2000;

const text = (name: string, isRequired = false): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  repetition_type: isRequired ? 'REQUIRED' : 'OPTIONAL',
});
const integer = (name: string): SchemaElement => ({ name, type: 'INT32', repetition_type: 'OPTIONAL' });
const list = (name: string, element: SchemaElement): SchemaElement[] => [
  { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { ...element, name: 'element', repetition_type: 'REQUIRED' },
];

const columns: readonly (readonly SchemaElement[])[] = [
  [text('passage_id', true)],
  [text('document_id', true)],
  [text('collection', true)],
  [text('uri', true)],
  [text('path', true)],
  [text('title', true)],
  [text('type', true)],
  [text('modified_at')],
  [text('language')],
  list('tags', text('')),
  [integer('ordinal')],
  [integer('start')],
  [integer('end')],
  [integer('page')],
  [integer('line_start')],
  [integer('line_end')],
  list('heading_path', text('')),
  [integer('tokens')],
  [text('text', true)],
  list('vector', { name: '', type: 'FLOAT' }),
];

/** Writes a Parquet file with one row for each passage. Returns how many there are. A group of rows is in memory at a time. */
export async function writePassages(path: string, documents: Iterable<ExportedDocument>): Promise<number> {
  const { fileWriter, parquetWriteRows } = await import('hyparquet-writer');
  let count = 0;
  const rows = function* () {
    for (const document of documents) {
      for (const row of rowsOf(document)) {
        count++;
        yield row;
      }
    }
  };
  await parquetWriteRows({
    writer: fileWriter(path),
    rows: rows(),
    columns: columns.map(([first]) => ({ name: (first as SchemaElement).name })),
    schema: [{ name: 'root', num_children: columns.length }, ...columns.flat()],
    rowGroupSize: ROWS_IN_GROUP,
  });
  return count;
}

function* rowsOf({ document, path, passages }: ExportedDocument): Iterable<Record<string, unknown>> {
  const { source } = document;
  for (const [ordinal, passage] of passages.entries()) {
    yield {
      passage_id: chunkIdOf(document.id, ordinal),
      document_id: document.id,
      collection: source.collection,
      uri: source.uri,
      path,
      title: source.title,
      type: source.type,
      modified_at: source.modifiedAt,
      language: document.language,
      tags: [...document.tags],
      ordinal,
      start: passage.span.start,
      end: passage.span.end,
      page: passage.page,
      line_start: passage.lines?.start ?? null,
      line_end: passage.lines?.end ?? null,
      heading_path: [...passage.headingPath],
      tokens: passage.tokens,
      text: document.text.slice(passage.span.start, passage.span.end),
      vector: passage.vector && [...passage.vector],
    };
  }
}
