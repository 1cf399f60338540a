import { performance } from 'node:perf_hooks';
import type Database from 'better-sqlite3';
import { editDistance } from '../../platform/edit-distance.ts';
import { withoutUnspacedScript } from './analyze-text.ts';
import { wordExpression } from './match-expression.ts';

/** One word's share of a search that may have several unknown ones. */
const MAX_SEARCH_MS = 100;

/** Shorter words are near to too many others. */
const MIN_LENGTH = 4;
const MAX_LENGTH = 40;

/** As Lucene has it: one edit up to five letters, two above. */
const maxEdits = (length: number): number => (length <= 5 ? 1 : 2);

/** Letters that are tried at every place of a word, by script. */
const ALPHABETS: readonly (readonly [RegExp, string])[] = [
  [/^[a-z]+$/, 'abcdefghijklmnopqrstuvwxyz'],
  [/^[а-яё]+$/, 'абвгдежзийклмнопрстуфхцчшщъыьэюяё'],
  [/^[α-ω]+$/, 'αβγδεζηθικλμνξοπρστυφχψω'],
];

/** Passages that are read to see how a word is written in full. */
const MAX_PLACES = 8;

type Candidate = { readonly term: string; readonly documents: number; readonly distance: number };

/** Words of the word index that are near to one that it does not have. */
export function createSpelling(database: Database.Database, chunkText: (row: number) => string) {
  let statements: ReturnType<typeof prepare> | null = null;

  /** Tables of the connection, not of the file: they cut and stem a word just as the index does. */
  const prepare = () => {
    database.exec(`
      CREATE VIRTUAL TABLE IF NOT EXISTS temp.spelling_probe USING fts5(
        word, content='', tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
      CREATE VIRTUAL TABLE IF NOT EXISTS temp.spelling_stems USING fts5vocab(temp, spelling_probe, row);
      CREATE VIRTUAL TABLE IF NOT EXISTS temp.spelling_places USING fts5vocab(main, chunk_words, instance);`);
    return {
      clear: database.prepare(`INSERT INTO temp.spelling_probe (spelling_probe) VALUES ('delete-all')`),
      put: database.prepare('INSERT INTO temp.spelling_probe (rowid, word) VALUES (1, ?)'),
      stems: database.prepare<[], string>('SELECT term FROM temp.spelling_stems').pluck(),
      exact: database.prepare<[string], number>('SELECT doc FROM chunk_word_list WHERE term = ?').pluck(),
      range: database.prepare<[string, string], { term: string; doc: number }>(
        'SELECT term, doc FROM chunk_word_list WHERE term >= ? AND term < ?',
      ),
      places: database
        .prepare<[string, number], number>('SELECT DISTINCT doc FROM temp.spelling_places WHERE term = ? LIMIT ?')
        .pluck(),
      names: database.prepare<[number], { title: string; heading_path: string }>(
        `SELECT documents.title, chunks.heading_path FROM chunks JOIN documents ON documents.id = chunks.document_id
         WHERE chunks.id = ?`,
      ),
    };
  };

  const stemOf = (word: string, { clear, put, stems }: ReturnType<typeof prepare>): string | null => {
    clear.run();
    put.run(word);
    const found = stems.all();
    return found.length === 1 ? (found[0] as string) : null;
  };

  const knows = (word: string): boolean => {
    const expression = wordExpression({ terms: [word], phrases: [] });
    return (
      expression === null ||
      database.prepare('SELECT 1 FROM chunk_words WHERE chunk_words MATCH ? LIMIT 1').get(expression) !== undefined
    );
  };

  /** How the documents write the word, nearest to what was typed. */
  const writtenAs = (term: string, typed: string, all: ReturnType<typeof prepare>): string => {
    let best = { word: term, distance: Number.POSITIVE_INFINITY };
    const seen = new Set<string>();
    for (const row of all.places.all(term, MAX_PLACES)) {
      const names = all.names.get(row);
      const text = `${names?.title ?? ''} ${names?.heading_path ?? ''} ${chunkText(row)}`;
      for (const word of new Set(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])) {
        if (seen.has(word) || !beginsAlike(word, term) || word.length > MAX_LENGTH) continue;
        seen.add(word);
        const distance = editDistance(typed, word, term.length);
        if (distance < best.distance && stemOf(word, all) === term) best = { word, distance };
      }
    }
    return best.word;
  };

  return {
    /** Whether some passage has the word, or its like to the index; true where the word index has no say. */
    knows,
    /** A word of the index, which are stems, as documents write it; as it is where no passage shows it. */
    written(term: string): string {
      statements ??= prepare();
      return writtenAs(term, term, statements);
    },
    /** At most `limit` words that documents have, nearest first, then most frequent; empty for a word without letters only. */
    nearest(word: string, limit: number): string[] {
      const typed = word.normalize('NFC').toLowerCase();
      if (typed.length < MIN_LENGTH || typed.length > MAX_LENGTH || !/^[\p{L}\p{M}]+$/u.test(typed)) return [];
      if (withoutUnspacedScript(typed) !== typed) return [];
      statements ??= prepare();
      const all = statements;
      const stem = stemOf(typed, all);
      if (stem === null || stem.length < MIN_LENGTH - 1) return [];
      const deadline = performance.now() + MAX_SEARCH_MS;
      const found = new Map<string, Candidate>();
      const most = maxEdits(typed.length);
      for (const term of oneEditFrom(stem)) {
        const documents = all.exact.get(term);
        if (documents !== undefined) found.set(term, { term, documents, distance: 1 });
      }
      if (most > 1) {
        const prefix = stem.slice(0, 2);
        for (const { term, doc } of all.range.iterate(prefix, `${prefix}\u{10ffff}`)) {
          const distance = editDistance(stem, term, most);
          if (distance <= most && !found.has(term)) found.set(term, { term, documents: doc, distance });
          if (performance.now() > deadline) break;
        }
      }
      const ranked = [...found.values()].sort(
        (a, b) => a.distance - b.distance || b.documents - a.documents || (a.term < b.term ? -1 : 1),
      );
      return [...new Set(ranked.slice(0, limit).map(({ term }) => writtenAs(term, typed, all)))];
    },
  };
}

/** The index has no accents; whether a letter that has one begins a word like a letter of the index is not asked. */
const beginsAlike = (word: string, term: string): boolean => word[0] === term[0] || !/^[\x00-\x7f]/.test(word);

/** All that one insert, delete, replacement or swap makes of a word, in the letters of its script. */
function* oneEditFrom(word: string): Generator<string> {
  const alphabet = ALPHABETS.find(([script]) => script.test(word))?.[1] ?? '';
  for (let at = 0; at <= word.length; at++) {
    const head = word.slice(0, at);
    const tail = word.slice(at);
    if (tail !== '') yield head + tail.slice(1);
    if (tail.length > 1 && tail[0] !== tail[1]) yield `${head}${tail[1]}${tail[0]}${tail.slice(2)}`;
    for (const letter of alphabet) {
      if (tail !== '' && letter !== tail[0]) yield head + letter + tail.slice(1);
      yield head + letter + tail;
    }
  }
}
