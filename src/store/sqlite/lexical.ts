import type Database from 'better-sqlite3';
import type { SearchFilter } from '../../domain/search.ts';
import type { LexicalQuery, ScoredRow } from '../types.ts';
import { camelParts, foldSemitic, gramIndexText, gramsOf, hasUnspacedScript, wordIndexText } from './analyze-text.ts';
import { chunkCondition } from './filter.ts';

/** BM25 weights of title, heading path and body: chosen on the even queries of 24 collections. */
const COLUMN_WEIGHTS = '3.0, 2.0, 1.0';

/** A query of more words is a pasted document; its rarest words are not worth the time of all of them. */
const MAX_QUERY_TERMS = 256;

export type IndexedText = { readonly title: string; readonly headings: string; readonly body: string };

/** The full-text legs: words for scripts with spaces, character n-grams for those without. */
export function createLexical(database: Database.Database) {
  const insertWords = database.prepare('INSERT INTO chunk_words (rowid, title, headings, body) VALUES (?, ?, ?, ?)');
  const insertGrams = database.prepare('INSERT INTO chunk_grams (rowid, body) VALUES (?, ?)');
  const deleteWords = database.prepare('DELETE FROM chunk_words WHERE rowid = ?');
  const deleteGrams = database.prepare('DELETE FROM chunk_grams WHERE rowid = ?');
  const containing = database
    .prepare<[string, number], string>(
      `SELECT term FROM chunk_word_list WHERE term LIKE ? ESCAPE '\\' ORDER BY doc DESC LIMIT ?`,
    )
    .pluck();

  const search = (table: string, rank: string, expression: string | null, limit: number, filter: SearchFilter): ScoredRow[] => {
    if (!expression || limit <= 0) return [];
    const condition = chunkCondition(filter, `${table}.rowid`);
    const sql = `SELECT rowid AS row, -${rank} AS score FROM ${table} WHERE ${table} MATCH ?
      ${condition ? `AND ${condition.sql}` : ''} ORDER BY ${rank}, rowid LIMIT ?`;
    return database.prepare(sql).all(expression, ...(condition?.parameters ?? []), limit) as ScoredRow[];
  };

  return {
    /** Returns whether the text also went into the n-gram index. */
    put(row: number, { title, headings, body }: IndexedText): boolean {
      insertWords.run(row, wordIndexText(title), wordIndexText(headings), wordIndexText(body));
      const whole = `${title}\n${headings}\n${body}`;
      const grams = hasUnspacedScript(whole) ? gramIndexText(whole) : '';
      if (grams) insertGrams.run(row, grams);
      return grams !== '';
    },
    remove(row: number, hasGrams: boolean): void {
      deleteWords.run(row);
      if (hasGrams) deleteGrams.run(row);
    },
    searchWords: (query: LexicalQuery, limit: number, filter: SearchFilter) =>
      search('chunk_words', `bm25(chunk_words, ${COLUMN_WEIGHTS})`, wordExpression(query), limit, filter),
    searchGrams: (query: LexicalQuery, limit: number, filter: SearchFilter) =>
      search('chunk_grams', 'bm25(chunk_grams)', gramExpression(query), limit, filter),
    wordsContaining: (text: string, limit: number) =>
      containing.all(`%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`, limit),
  };
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const hasWord = /[\p{L}\p{N}\p{Co}]/u;

/** Terms by OR; phrases all required. Null when nothing is left to look for in the word index. */
function wordExpression({ terms, phrases }: LexicalQuery): string | null {
  const words = terms.filter((term) => hasWord.test(term) && !hasUnspacedScript(term)).slice(0, MAX_QUERY_TERMS);
  const required = phrases.filter((phrase) => hasWord.test(phrase) && !hasUnspacedScript(phrase)).map((phrase) => quote(foldSemitic(phrase)));
  const wanted = [...new Set(words.flatMap((word) => [foldSemitic(word), ...camelParts(word)]))].map(quote);
  if (required.length === 0) return wanted.length ? wanted.join(' OR ') : null;
  const all = required.join(' AND ');
  return wanted.length ? `(${all}) AND (${[...required, ...wanted].join(' OR ')})` : all;
}

function gramExpression({ terms, phrases }: LexicalQuery): string | null {
  const wanted = [...new Set(terms.flatMap(gramsOf))].slice(0, MAX_QUERY_TERMS).map(gramTerm);
  const required = phrases.flatMap((phrase) => gramsOf(phrase)).map(quote);
  if (required.length === 0) return wanted.length ? wanted.join(' OR ') : null;
  const all = [...new Set(required)].join(' AND ');
  return wanted.length ? `(${all}) AND (${[...new Set(required), ...wanted].join(' OR ')})` : all;
}

/** A single character is no gram of the index but may begin many. */
const gramTerm = (gram: string): string => ([...gram].length === 1 ? `${quote(gram)} *` : quote(gram));
