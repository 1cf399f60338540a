import { isRagError } from '../../platform/errors.ts';
import type { SourceItem } from '../../source/types.ts';
import type { StoredSource } from '../../store/types.ts';
import type { IngestContext } from '../ingest/ingest-context.ts';

/**
 * What a source of files holds now, by URI; nothing where it cannot be listed, and of pages and standard input: those are
 * not fetched again to be cut anew.
 */
export async function findSourceItems(
  { listSource, runtime }: IngestContext,
  source: StoredSource,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, SourceItem>> {
  if (source.kind !== 'folder' && source.kind !== 'file') return new Map();
  try {
    const { items } = await listSource(source, { ...runtime, signal });
    return new Map(items.map((item) => [item.uri, item]));
  } catch (error) {
    if (isRagError(error) && error.code.startsWith('SOURCE_')) return new Map();
    throw error;
  }
}
