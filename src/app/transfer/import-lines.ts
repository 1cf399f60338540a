import { RagError } from '../../platform/errors.ts';
import type { AppContext } from '../app-context.ts';
import type { IngestEvent } from '../types.ts';
import { waitForWriteLock } from '../wait-for-write-lock.ts';
import { importExport } from './import-export.ts';
import { importTexts } from './import-texts.ts';
import { type ImportLine, readObjects } from './read-objects.ts';
import type { ImportOptions } from './types.ts';

/** Takes in an export, or any other JSONL with texts; the first line tells which. */
export async function* importLines(
  context: AppContext,
  lines: AsyncIterable<string>,
  options: ImportOptions,
): AsyncIterable<IngestEvent> {
  if (!options.dryRun) await waitForWriteLock(context, options.signal);
  const records = readObjects(lines)[Symbol.asyncIterator]();
  const first = await records.next();
  if (first.done)
    throw new RagError('USAGE', { message: `${options.name} is empty.`, hint: 'Name an export or a JSONL file.' });
  const rest = { [Symbol.asyncIterator]: () => records };
  if ('fault' in first.value) {
    throw new RagError('USAGE', {
      message: `${options.name} is no JSONL: ${first.value.fault}`,
      hint: 'Each line must be a JSON object. For files and folders there is `rag add`.',
    });
  }
  const { fields } = first.value;
  if (fields.type !== 'header') {
    yield* importTexts(context, startingWith(first.value, rest), options);
    return;
  }
  if (fields.schema !== 'rag.export/1') {
    throw new RagError('USAGE', {
      message: `${options.name} has the schema ${JSON.stringify(fields.schema)?.slice(0, 60)}, not "rag.export/1".`,
      hint: 'A later version wrote it: update ragstone, or export with this one.',
    });
  }
  yield* importExport(context, { header: fields, lines: rest }, options);
}

async function* startingWith(first: ImportLine, rest: AsyncIterable<ImportLine>): AsyncGenerator<ImportLine> {
  yield first;
  yield* rest;
}
