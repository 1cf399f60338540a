import type { SourceKind, SourceOptions, SourceSpec } from '../../source/types.ts';
import type { SourceRow } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { checkedCollectionName } from '../collection-name.ts';
import type { ImportOptions } from './types.ts';

/** The sources that documents go to; `uri` names theirs in the file. */
export type ImportedSources = {
  /** -1 in a dry run. */
  rowOf(collection: string, uri: string | null): SourceRow;
  /** What is done with personal data in its documents; else what the settings say. */
  piiOf(uri: string | null): SourceOptions['pii'];
};

/** Those that can be read again; the others are only names. */
const FOLLOWED: readonly SourceKind[] = ['file', 'folder', 'url'];
const MAX_SOURCES = 100_000;
const PII_MODES: readonly SourceOptions['pii'][] = ['off', 'report', 'redact', 'pseudonymize', 'refuse'];

/**
 * Where imported documents belong: to the file that they came in, or with `withSources` to the sources that it names,
 * which `sync` follows from then on. What those were allowed beyond the ordinary, such as private addresses, they are not here.
 */
export function importSources(
  { store }: Pick<AppContext, 'store'>,
  given: unknown,
  { name, tags, dryRun = false, withSources = false }: ImportOptions,
): ImportedSources {
  const specs = new Map<string, SourceSpec>();
  for (const each of withSources && Array.isArray(given) ? given.slice(0, MAX_SOURCES) : []) {
    const spec = specOf(each);
    if (spec) specs.set(spec.uri, spec);
  }
  const own: SourceSpec = { kind: 'import', uri: `import:${name}`, options: {} };
  const rows = new Map<string, SourceRow>();
  const specOfUri = (uri: string | null): SourceSpec => (uri === null ? undefined : specs.get(uri)) ?? own;
  const rowOf = (collection: string, uri: string | null): SourceRow => {
    if (dryRun) return -1;
    const spec = specOfUri(uri);
    const key = `${collection}\0${spec.uri}`;
    const there = rows.get(key);
    if (there !== undefined) return there;
    const { row } = store.write((writer) => writer.putSource(spec, checkedCollectionName(collection), tags ?? null));
    rows.set(key, row);
    return row;
  };
  return { rowOf, piiOf: (uri) => specOfUri(uri).options.pii };
}

function specOf(value: unknown): SourceSpec | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kind, uri, options } = value as Readonly<Record<string, unknown>>;
  const followed = FOLLOWED.find((each) => each === kind);
  if (!followed || typeof uri !== 'string' || uri.length > 4096) return null;
  if (!(followed === 'url' ? /^https?:\/\// : /^file:\/\//).test(uri)) return null;
  return { kind: followed, uri, options: optionsOf(options) };
}

function optionsOf(value: unknown): SourceOptions {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const globs = (list: unknown): string[] | undefined =>
    Array.isArray(list) ? list.filter((each): each is string => typeof each === 'string').slice(0, 1000) : undefined;
  return {
    include: globs(given.include),
    exclude: globs(given.exclude),
    hidden: given.hidden === true || undefined,
    noIgnore: given.noIgnore === true || undefined,
    ocr: given.ocr === true || undefined,
    // Else the next sync would take in what was to stay out.
    pii: PII_MODES.find((mode) => mode === given.pii),
  };
}
