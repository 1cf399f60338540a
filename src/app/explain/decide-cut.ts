import type { ParsedQuery } from '../../retrieve/parse-query.ts';
import type { Candidate } from '../../retrieve/types.ts';
import type { ChunkRow, Store, StoredChunk } from '../../store/types.ts';
import type { PassageView } from './explain-passage.ts';
import type { CutReason, PassageExplanation } from './types.ts';

type Standing = PassageView & {
  /** Among the candidates, from 0; -1 when it is none. */
  readonly index: number;
  /** Of the search, or of one with longer lists. */
  readonly candidate: Candidate | undefined;
};

type Cut = NonNullable<PassageExplanation['cut']>;

/** Why a passage is not in the list, by the first step that takes it out. */
export function decideCut(passage: StoredChunk, standing: Standing): Cut {
  const { filters, found, store, index, candidate, minScore, limit } = standing;
  const { row } = passage;
  const cut = (reason: CutReason, message: string, of: number | null = null): Cut => ({
    reason,
    message,
    of: of === null ? null : (store.chunks([of]).get(of)?.chunk.id ?? null),
  });
  const failing = filters.filter(({ passes }) => !passes);
  if (failing.length > 0)
    return cut('filter', `its document does not pass ${failing.map(({ asked }) => asked).join('; ')}`);
  const has = (phrase: string): boolean => rowsWith(store, phrase, [row]).has(row);
  const excluded = found.query.excluded.filter(has);
  if (excluded.length > 0) return cut('excluded-word', `it has ${list(excluded)}, which the query leaves out`);
  const lacking = found.query.phrases.filter((phrase) => !has(phrase));
  if (lacking.length > 0) return cut('phrase', `it lacks the exact words ${list(lacking)}`);
  if (index >= 0) return arranged(standing, row, cut);
  if (!candidate) return cut('no-match', 'it has none of the words, and no vector that is near');
  if (candidate.score < minScore) {
    return cut('min-score', `its score ${candidate.score.toFixed(3)} is below the least, ${minScore}`);
  }
  const place = found.trace.candidates.filter(({ score }) => score > candidate.score).length + 1;
  const { depth } = found.trace;
  return cut(
    'depth',
    `it is not among the first ${depth} of any list; with its score it would be in place ${place}, and the list has ${limit}`,
  );
}

/** Passages that the query's phrases and left-out words allow. */
export function allowedRows(
  store: Pick<Store, 'scoreWords' | 'scoreGrams'>,
  { phrases, excluded }: Pick<ParsedQuery, 'phrases' | 'excluded'>,
  rows: readonly ChunkRow[],
): ChunkRow[] {
  const without = excluded.map((each) => rowsWith(store, each, rows));
  const within = phrases.map((each) => rowsWith(store, each, rows));
  return rows.filter((row) => !without.some((each) => each.has(row)) && within.every((each) => each.has(row)));
}

const rowsWith = (
  store: Pick<Store, 'scoreWords' | 'scoreGrams'>,
  phrase: string,
  rows: readonly ChunkRow[],
): ReadonlySet<ChunkRow> =>
  new Set([
    ...store.scoreWords({ terms: [], phrases: [phrase] }, rows).keys(),
    ...store.scoreGrams({ terms: [], phrases: [phrase] }, rows).keys(),
  ]);

function arranged(
  { found, index, limit }: Standing,
  row: number,
  cut: (reason: CutReason, message: string, of?: number | null) => Cut,
): Cut {
  const reason = found.trace.cuts.get(row);
  if (reason?.by === 'per-document') {
    return cut('per-document', 'better passages of its document fill what one document may have (--per-document)');
  }
  if (reason?.by === 'copy')
    return cut('copy', 'it was folded into a better one that has nearly the same words', reason.of);
  if (reason?.by === 'inside') return cut('inside', 'it is part of a passage that was returned grown', reason.of);
  const { candidates } = found.trace;
  if (index < limit)
    return cut(
      'diversity',
      `it is in place ${index + 1} by its score, but others that differ more were chosen (--diversity)`,
    );
  return cut('limit', `it is in place ${index + 1} of ${candidates.length}, and the list has ${limit} (--limit)`);
}

const list = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');
