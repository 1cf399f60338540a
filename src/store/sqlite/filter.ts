import type Database from 'better-sqlite3';
import picomatch from 'picomatch';
import type { DocumentConditions, SearchFilter } from '../../domain/search.ts';
import { firstMoment, momentAfter } from './date-bounds.ts';
import { excludedGrams, excludedWords, headingWords } from './match-expression.ts';

export type SqlCondition = { readonly sql: string; readonly parameters: readonly unknown[] };

/** Compiled patterns that are kept; a search has a handful, a long-lived server a few more. */
const MAX_CACHED_PATTERNS = 64;

/** Makes `path_matches(pattern, path, uri)` known to the connection: globs as fast-glob reads them, folders by name. */
export function defineFilterFunctions(database: Database.Database): void {
  const cache = new Map<string, (path: string) => boolean>();
  database.function('path_matches', { deterministic: true }, (pattern, path, uri) => {
    const key = String(pattern);
    let matches = cache.get(key);
    if (!matches) {
      matches = pathMatcher(key);
      if (cache.size >= MAX_CACHED_PATTERNS) cache.clear();
      cache.set(key, matches);
    }
    return places(String(path)).some(matches) || places(locationOf(String(uri))).some(matches) ? 1 : 0;
  });
}

/** What lies in a container, `a.zip!/x.md`, is found as what lies in a folder, `a.zip/x.md`, is. */
const places = (path: string): string[] => (path.includes('!/') ? [path, path.replaceAll('!/', '/')] : [path]);

/** A `file://` URI as a plain absolute path, anything else as it is. */
function locationOf(uri: string): string {
  if (!uri.startsWith('file://')) return uri;
  try {
    return decodeURIComponent(uri.slice('file://'.length));
  } catch {
    // A name that is not UTF-8 stays as it is escaped.
    return uri.slice('file://'.length);
  }
}

const globCharacters = /[*?[\]{}()!+@\\|]/;

/** Longer ones are refused by picomatch; no path is. */
const MAX_PATTERN_LENGTH = 4096;

/** A name stands for what is called so at any depth, a path for itself; both for all that is below. */
function pathMatcher(pattern: string): (path: string) => boolean {
  const bare = pattern.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  // What names nothing matches nothing: these patterns also choose what is removed.
  if (bare === '' || bare === '.') return () => false;
  const named = (path: string) =>
    bare.includes('/') ? `${path}/`.startsWith(`${bare}/`) : `/${path}/`.includes(`/${bare}/`);
  if (!globCharacters.test(bare) || bare.length > MAX_PATTERN_LENGTH) return named;
  const self = picomatch(bare, { dot: true, basename: !bare.includes('/') });
  const below = picomatch(bare.includes('/') ? `${bare}/**` : `**/${bare}/**`, { dot: true });
  return (path) => named(path) || self(path) || below(path);
}

/** The documents that pass, as a condition on `documents`; null when the filter asks nothing. */
export function documentCondition(filter: SearchFilter): SqlCondition | null {
  const all = [filter, ...(filter.also ?? [])].flatMap((each) => conditionOf(each) ?? []);
  const none = (filter.except ?? [])
    .flatMap((each) => conditionOf(each) ?? [])
    // A document without a date is not "changed since", so it stays where those are left out.
    .map(({ sql, parameters }) => ({ sql: `NOT coalesce((${sql}), 0)`, parameters }));
  return allOf([...all, ...none]);
}

const allOf = (conditions: readonly SqlCondition[]): SqlCondition | null =>
  conditions.length > 0
    ? {
        sql: conditions.map(({ sql }) => sql).join(' AND '),
        parameters: conditions.flatMap(({ parameters }) => parameters),
      }
    : null;

function conditionOf(filter: DocumentConditions): SqlCondition | null {
  const parts: SqlCondition[] = [];
  const add = (sql: string, ...parameters: unknown[]) => void parts.push({ sql, parameters });
  if (filter.collections?.length) {
    add(
      'documents.collection_id IN (SELECT id FROM collections WHERE name IN (SELECT value FROM json_each(?)))',
      JSON.stringify(filter.collections),
    );
  }
  if (filter.types?.length) {
    add(
      'documents.type IN (SELECT value FROM json_each(?))',
      JSON.stringify(filter.types.map((type) => type.toLowerCase())),
    );
  }
  for (const tag of filter.tags ?? []) {
    add(
      `(EXISTS (SELECT 1 FROM document_tags WHERE document_id = documents.id AND tag = ?) OR documents.source_id IN
        (SELECT sources.id FROM sources, json_each(sources.tags) WHERE json_each.value = ?))`,
      tag,
      tag,
    );
  }
  if (filter.paths?.length) {
    add(`(${filter.paths.map(() => 'path_matches(?, documents.path, documents.uri)').join(' OR ')})`, ...filter.paths);
  }
  if (filter.languages?.length) {
    add(
      `EXISTS (SELECT 1 FROM json_each(?) AS asked WHERE lower(documents.language) = asked.value
        OR lower(documents.language) GLOB asked.value || '[-_]*')`,
      JSON.stringify(filter.languages.map((language) => language.toLowerCase().replace(/[*?[\]]/g, ''))),
    );
  }
  const isKnown = (condition: string): string =>
    `documents.id IN (SELECT document_id FROM document_facts WHERE ${condition})`;
  if (filter.kinds?.length) {
    add(
      isKnown('kind IN (SELECT value FROM json_each(?))'),
      JSON.stringify(filter.kinds.map((kind) => kind.toLowerCase())),
    );
  }
  if (filter.warned) add(isKnown(`warnings <> '[]'`));
  for (const expression of symbolExpressions(filter)) {
    add(
      `documents.type = 'code' AND documents.id IN (SELECT chunks.document_id FROM chunk_words
         JOIN chunks ON chunks.id = chunk_words.rowid WHERE chunk_words MATCH ?)`,
      expression,
    );
  }
  if (filter.since) add('documents.modified_at >= ?', firstMoment(filter.since));
  if (filter.until) add('documents.modified_at < ?', momentAfter(filter.until));
  return allOf(parts);
}

/** A name without any word in it matches nothing. */
const symbolExpressions = ({ symbols = [] }: DocumentConditions): string[] =>
  symbols.map((name) => headingWords(name) ?? '""');

/** A condition on a column that holds chunk rows. */
export function chunkCondition(filter: SearchFilter, column: string): SqlCondition | null {
  const conditions: SqlCondition[] = [];
  const documents = documentCondition(filter);
  if (documents) {
    const defining = [filter, ...(filter.also ?? [])].flatMap(symbolExpressions);
    const inDefining = ' AND chunks.id IN (SELECT rowid FROM chunk_words WHERE chunk_words MATCH ?)';
    // One list of rows: a table of vectors takes no second one.
    conditions.push({
      sql: `${column} IN (SELECT chunks.id FROM chunks JOIN documents ON documents.id = chunks.document_id
        WHERE ${documents.sql}${defining.map(() => inDefining).join('')})`,
      parameters: [...documents.parameters, ...defining],
    });
  }
  const excluded = filter.excluded ?? [];
  for (const [table, expression] of [
    ['chunk_words', excludedWords(excluded)],
    ['chunk_grams', excludedGrams(excluded)],
  ] as const) {
    if (expression === null) continue;
    conditions.push({
      sql: `${column} NOT IN (SELECT rowid FROM ${table} WHERE ${table} MATCH ?)`,
      parameters: [expression],
    });
  }
  return allOf(conditions);
}
