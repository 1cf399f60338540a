import type { Candidate } from '../../retrieve/types.ts';
import type { StoredChunk } from '../../store/types.ts';
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
  const has = (phrase: string): boolean =>
    store.scoreWords({ terms: [], phrases: [phrase] }, [row]).size > 0 ||
    store.scoreGrams({ terms: [], phrases: [phrase] }, [row]).size > 0;
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
  return cut('limit', `it is in place ${index + 1} of ${candidates.length}, and the list has ${limit} (--limit)`);
}

const list = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');
