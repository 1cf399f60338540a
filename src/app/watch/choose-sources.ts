import { RagError } from '../../platform/errors.ts';
import { resolveSources } from '../../source/resolve-sources.ts';
import type { StoredSource } from '../../store/types.ts';
import { checkedCollectionName, DEFAULT_COLLECTION } from '../collection-name.ts';
import { rememberSources } from '../ingest/ingest.ts';
import type { IngestContext } from '../ingest/ingest-context.ts';
import type { WatchOptions } from './types.ts';

/** Which of the sources that are remembered at a moment are watched. */
export type ChooseSources = () => readonly StoredSource[];

const isWatchable = ({ kind }: Pick<StoredSource, 'kind'>): boolean => kind === 'folder' || kind === 'file';

/**
 * The sources that an argument of `rag watch` means; a path that no source covers is remembered first. Throws NOT_FOUND
 * for a collection that is not there, USAGE for an address, SOURCE_* as adding it would.
 */
export async function chooseSources(context: IngestContext, options: WatchOptions): Promise<ChooseSources> {
  const { store } = context;
  const { target, signal } = options;
  const collections = new Set(store.collections().map(({ name }) => name));
  const isCollection = target !== undefined && collections.has(target);
  const collection = isCollection ? target : options.collection;
  if (collection !== undefined && !collections.has(collection) && target === undefined) {
    throw new RagError('NOT_FOUND', {
      message: `There is no collection "${collection}".`,
      hint: 'See `rag collection list`.',
    });
  }
  const all = (): readonly StoredSource[] => store.sources(collection).filter(isWatchable);
  if (target === undefined || isCollection) return all;

  const specs = await resolveSources(target, {}, process.cwd());
  if (!specs.every(isWatchable)) {
    throw new RagError('USAGE', {
      message: `Only files and folders can be watched, not ${target}.`,
      hint: 'Bring pages in step with `rag sync`.',
    });
  }
  const there = all();
  const covering = (uri: string): readonly StoredSource[] => {
    const same = there.filter((source) => source.uri === uri);
    if (same.length > 0) return same;
    return there.filter((source) => source.kind === 'folder' && uri.startsWith(`${source.uri.replace(/\/$/, '')}/`));
  };
  const wanted = new Set<string>();
  const fresh = [];
  for (const spec of specs) {
    const sources = covering(spec.uri);
    if (sources.length === 0) fresh.push(spec);
    for (const { uri } of sources.length > 0 ? sources : [spec]) wanted.add(uri);
  }
  if (fresh.length > 0) {
    const into = checkedCollectionName(collection ?? DEFAULT_COLLECTION);
    await rememberSources(context, fresh, { collection: into, tags: null, dryRun: false, signal });
  }
  return () => all().filter(({ uri }) => wanted.has(uri));
}
