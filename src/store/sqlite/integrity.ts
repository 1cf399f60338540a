import type Database from 'better-sqlite3';

/** Problems that one integrity check lists; the first few say enough. */
const MAX_PROBLEMS = 20;

export type CountedIndexes = {
  readonly lexical: { refresh(): void };
  readonly spaces: { countStray(): number };
  readonly graph: { countMisplaced(): number };
};

/** One sentence for each thing that is wrong with the file, its references or its indexes; none when it is sound. */
export function createIntegrityCheck(
  database: Database.Database,
  { lexical, spaces, graph }: CountedIndexes,
): () => readonly string[] {
  const count = (sql: string): number => Number(database.prepare(sql).pluck().get());

  /** Documents are whole only when every index holds as much as the chunk table says. */
  const countMismatches = (): string[] => {
    const chunks = count('SELECT count(*) FROM chunks');
    const expected = count('SELECT coalesce(sum(chunk_count), 0) FROM documents');
    const words = count('SELECT count(*) FROM chunk_words_docsize');
    const grams = count('SELECT count(*) FROM chunk_grams_docsize');
    const chunksWithGrams = count('SELECT count(*) FROM chunks WHERE has_grams = 1');
    const strayVectors = spaces.countStray();
    const misplaced = graph.countMisplaced();
    return [
      chunks === expected ? '' : `${chunks} chunks are stored where the documents say ${expected}`,
      words === chunks ? '' : `the word index holds ${words} chunks of ${chunks}`,
      grams === chunksWithGrams ? '' : `the n-gram index holds ${grams} chunks of ${chunksWithGrams}`,
      strayVectors === 0 ? '' : `the vector index holds ${strayVectors} vectors of chunks that are gone`,
      misplaced === 0 ? '' : `the entity graph holds ${misplaced} documents whose chunks are elsewhere`,
    ].filter(Boolean);
  };

  return database.transaction(() => {
    lexical.refresh();
    const problems = database.pragma(`integrity_check(${MAX_PROBLEMS})`, { simple: false }) as {
      integrity_check: string;
    }[];
    const orphans = database.pragma('foreign_key_check') as { table: string; rowid: number }[];
    return [
      ...problems.map((problem) => problem.integrity_check).filter((problem) => problem !== 'ok'),
      ...orphans.map(({ table, rowid }) => `row ${rowid} of ${table} refers to a row that is gone`),
      ...countMismatches(),
    ];
  });
}
