import type Database from 'better-sqlite3';
import type { SearchFilter } from '../../domain/search.ts';
import type { ColumnWeights, LexicalQuery, ScoredRow, WordCounts, WordPlaces } from '../types.ts';
import { gramIndexText, wordIndexText } from './analyze-text.ts';
import { chunkCondition, type SqlCondition } from './filter.ts';
import { gramExpression, requiredGrams, requiredWords, wordExpression } from './match-expression.ts';
import { createWordTotals } from './word-totals.ts';

/** Chosen on the even queries of 24 collections. */
const COLUMN_WEIGHTS: ColumnWeights = { title: 3, headings: 2, body: 1 };

const COLUMNS: readonly (keyof ColumnWeights)[] = ['title', 'headings', 'body'];

/** No word of an index is longer than a line, and SQLite refuses long patterns. */
const MAX_SUBSTRING_LENGTH = 200;

export type IndexedText = { readonly title: string; readonly headings: string; readonly body: string };

type Leg = {
  readonly table: string;
  readonly rank: string;
  readonly expression: string | null;
  /** Phrases, or parts of them, that only the other index can find; they must be there as well. */
  readonly elsewhere: { readonly table: string; readonly expression: string | null };
  /** Only these. */
  readonly rows?: readonly number[];
};

/** The full-text legs: words for scripts with spaces, character n-grams for those without. */
export function createLexical(database: Database.Database, generation: () => number) {
  const insertWords = database.prepare('INSERT INTO chunk_words (rowid, title, headings, body) VALUES (?, ?, ?, ?)');
  const insertGrams = database.prepare('INSERT INTO chunk_grams (rowid, body) VALUES (?, ?)');
  const deleteWords = database.prepare('DELETE FROM chunk_words WHERE rowid = ?');
  const deleteGrams = database.prepare('DELETE FROM chunk_grams WHERE rowid = ?');
  const wordTotals = createWordTotals(database, 'chunk_words');
  const gramTotals = createWordTotals(database, 'chunk_grams');
  const containing = database
    .prepare<[string, number], string>(
      `SELECT term FROM chunk_word_list WHERE term LIKE ? ESCAPE '\\' ORDER BY doc DESC LIMIT ?`,
    )
    .pluck();

  const countAll = database.prepare<[], number>('SELECT count(*) FROM chunks').pluck();
  let total: { readonly generation: number; readonly passages: number } | null = null;
  const count = database.prepare<[string], number>('SELECT doc FROM chunk_word_list WHERE term = ?').pluck();

  const search = (leg: Leg, limit: number, filter: SearchFilter): ScoredRow[] => {
    const { table, rank, expression, elsewhere, rows } = leg;
    if (expression === null || limit <= 0) return [];
    const conditions: SqlCondition[] = [{ sql: `${table} MATCH ?`, parameters: [expression] }];
    if (elsewhere.expression !== null) {
      const other = elsewhere.table;
      const sql = `${table}.rowid IN (SELECT rowid FROM ${other} WHERE ${other} MATCH ?)`;
      conditions.push({ sql, parameters: [elsewhere.expression] });
    }
    if (rows)
      conditions.push({
        sql: `${table}.rowid IN (SELECT value FROM json_each(?))`,
        parameters: [JSON.stringify(rows)],
      });
    const filtered = chunkCondition(filter, `${table}.rowid`);
    if (filtered) conditions.push(filtered);
    return database
      .prepare<unknown[], ScoredRow>(
        `SELECT rowid AS row, -${rank} AS score FROM ${table} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
         ORDER BY ${rank}, rowid LIMIT ?`,
      )
      .all(...conditions.flatMap(({ parameters }) => parameters), limit);
  };

  const wordLeg = (query: LexicalQuery, weights: ColumnWeights = COLUMN_WEIGHTS): Leg => ({
    table: 'chunk_words',
    rank: `bm25(chunk_words, ${columnWeights(weights)})`,
    expression: wordExpression(query),
    elsewhere: { table: 'chunk_grams', expression: requiredGrams(query) },
  });
  const gramLeg = (query: LexicalQuery): Leg => ({
    table: 'chunk_grams',
    rank: 'bm25(chunk_grams)',
    expression: gramExpression(query),
    elsewhere: { table: 'chunk_words', expression: requiredWords(query) },
  });
  const score = (leg: Leg, rows: readonly number[]): Map<number, number> =>
    new Map(search({ ...leg, rows }, rows.length, {}).map(({ row, score }) => [row, score]));
  const countMatches = database
    .prepare<[string], number>('SELECT count(*) FROM chunk_words WHERE chunk_words MATCH ?')
    .pluck();
  // A number arrives as REAL, which FTS5 takes for no bound at all.
  const matchesIn = database
    .prepare<[string, number], number>(
      'SELECT 1 FROM chunk_words WHERE chunk_words MATCH ? AND rowid = CAST(? AS INTEGER)',
    )
    .pluck();

  return {
    /**
     * Has FTS5 look at what other processes wrote. Each query does, but the check of its integrity does not, and then takes
     * what it remembers of the index for damage (SQLite 3.53).
     */
    refresh(): void {
      for (const table of ['chunk_words', 'chunk_grams'])
        database.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH '"a"' LIMIT 1`).get();
    },
    /** Returns whether the text also went into the n-gram index. */
    put(row: number, { title, headings, body }: IndexedText): boolean {
      insertWords.run(row, wordIndexText(title), wordIndexText(headings), wordIndexText(body));
      const grams = gramIndexText(`${title}\n${headings}\n${body}`);
      if (grams) insertGrams.run(row, grams);
      return grams !== '';
    },
    remove(row: number, hasGrams: boolean): void {
      wordTotals.removing(row);
      deleteWords.run(row);
      if (!hasGrams) return;
      gramTotals.removing(row);
      deleteGrams.run(row);
    },
    /** At the end of every transaction. */
    settle(): void {
      wordTotals.settle();
      gramTotals.settle();
    },
    /** When a transaction was rolled back. */
    forget(): void {
      wordTotals.forget();
      gramTotals.forget();
    },
    searchWords: (query: LexicalQuery, limit: number, filter: SearchFilter, weights?: ColumnWeights): ScoredRow[] =>
      search(wordLeg(query, weights), limit, filter),
    searchGrams: (query: LexicalQuery, limit: number, filter: SearchFilter): ScoredRow[] =>
      search(gramLeg(query), limit, filter),
    scoreWords: (query: LexicalQuery, rows: readonly number[], weights?: ColumnWeights) =>
      score(wordLeg(query, weights), rows),
    scoreGrams: (query: LexicalQuery, rows: readonly number[]) => score(gramLeg(query), rows),
    wordPlaces(row: number, word: string): WordPlaces {
      const expression = wordExpression({ terms: [word], phrases: [] });
      if (expression === null) return { columns: [], passages: 0 };
      return {
        columns: COLUMNS.filter((column) => matchesIn.get(`{${column}} : (${expression})`, row) !== undefined),
        passages: countMatches.get(expression) ?? 0,
      };
    },
    wordCounts(stems: readonly string[]): WordCounts {
      const now = generation();
      if (total?.generation !== now) total = { generation: now, passages: countAll.get() ?? 0 };
      const withWord = new Map<string, number>();
      for (const stem of new Set(stems)) {
        const passages = count.get(stem);
        if (passages !== undefined) withWord.set(stem, passages);
      }
      return { passages: total.passages, withWord };
    },
    wordsContaining(text: string, limit: number): string[] {
      if (text.length > MAX_SUBSTRING_LENGTH) return [];
      return containing.all(`%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`, limit);
    },
  };
}

/** As SQL; the numbers come from a program or its settings, so that they are numbers is checked here. */
const columnWeights = ({ title, headings, body }: ColumnWeights): string =>
  [title, headings, body]
    .map((weight) => (Number.isFinite(weight) ? Math.max(0, weight).toFixed(4) : '1.0'))
    .join(', ');
