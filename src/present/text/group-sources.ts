import type { StatusReport } from '../../app/types.ts';

type Source = StatusReport['sources'][number];

/** A line of a list of sources: one source, or the files of one folder that were added one by one. */
export type SourceGroup = Pick<Source, 'uri' | 'kind' | 'collection' | 'documents' | 'failures' | 'syncedAt'> & {
  readonly count: number;
};

/** So many files of a folder are read one by one. */
const MAX_SINGLE_FILES = 3;

/**
 * Sources in their order; more than three files of one folder and collection, as a pattern adds them, are one group at the
 * place of the first, under the folder's URI. It is in step since the one that was looked at longest ago.
 */
export function groupSources(sources: readonly Source[]): readonly SourceGroup[] {
  const byFolder = new Map<string, Source[]>();
  for (const source of sources) {
    const key = keyOf(source);
    if (key === null) continue;
    const there = byFolder.get(key);
    if (there) there.push(source);
    else byFolder.set(key, [source]);
  }
  return sources.flatMap((source) => {
    const key = keyOf(source);
    const own = key === null ? [source] : byFolder.get(key)!;
    if (own.length <= MAX_SINGLE_FILES) return [{ ...source, count: 1 }];
    return own[0] === source ? [groupOf(own)] : [];
  });
}

const keyOf = ({ kind, uri, collection }: Source): string | null =>
  kind === 'file' ? `${collection}\n${folderOf(uri)}` : null;

const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/') + 1);

function groupOf(sources: readonly Source[]): SourceGroup {
  const [first] = sources;
  const sum = (of: (source: Source) => number): number => sources.reduce((total, source) => total + of(source), 0);
  const times = sources.map(({ syncedAt }) => syncedAt);
  return {
    uri: folderOf(first!.uri),
    kind: 'file',
    collection: first!.collection,
    documents: sum(({ documents }) => documents),
    failures: sum(({ failures }) => failures),
    syncedAt: times.includes(null) ? null : times.reduce((oldest, time) => (time! < oldest! ? time : oldest)),
    count: sources.length,
  };
}
