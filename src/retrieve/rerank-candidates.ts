import { performance } from 'node:perf_hooks';
import { isRagError, type RagError, throwIfAborted } from '../platform/errors.ts';
import type { Store, StoredChunk } from '../store/types.ts';
import type { LegClock } from './leg-clock.ts';
import { readableText } from './readable-text.ts';
import type { Candidate, Reranking } from './types.ts';

export type RerankInput = {
  readonly reranking: Reranking | undefined;
  /** What was asked, as a sentence. */
  readonly query: string;
  readonly store: Pick<Store, 'chunks'>;
  readonly clock: LegClock;
  readonly signal?: AbortSignal;
};

export type Reranked = {
  readonly candidates: readonly Candidate[];
  /** The arithmetic; empty when it was not done. */
  readonly fusion: readonly string[];
  /** Why it was not, though it was asked for. */
  readonly notes: readonly string[];
};

/**
 * Puts the best candidates in the order of a reranker: `score = best score of the others + (raw - lowest) / (highest -
 * lowest)`, so that scores fall from the first to the last. Equal raw scores keep their order. When the reranker fails, or
 * is not done within the budget, it is stopped and the order stays what it was. Throws ABORTED when the signal fires.
 */
export async function rerankCandidates(candidates: readonly Candidate[], input: RerankInput): Promise<Reranked> {
  const { reranking, clock, signal } = input;
  const unchanged = { candidates, fusion: [], notes: [] };
  if (!reranking) return unchanged;
  const started = performance.now();
  const stored = input.store.chunks(candidates.slice(0, reranking.candidates).map(({ row }) => row));
  const best = candidates.slice(0, reranking.candidates).filter(({ row }) => stored.has(row));
  if (best.length === 0) return unchanged;
  const passages = best.map(({ row }) => passageText(stored.get(row) as StoredChunk));

  const deadline = new AbortController();
  const timer = reranking.budgetMs === null ? undefined : setTimeout(() => deadline.abort(), reranking.budgetMs);
  try {
    const raw = await reranking.reranker.rerank({
      query: input.query,
      passages,
      signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal,
    });
    const rest = candidates.slice(reranking.candidates);
    clock.note({ list: 'rerank', candidates: best.length, elapsedMs: performance.now() - started });
    return inOrder(best, rest, raw);
  } catch (error) {
    throwIfAborted(signal);
    if (!isRagError(error)) throw error;
    const elapsedMs = performance.now() - started;
    const late = deadline.signal.aborted ? reranking.budgetMs : null;
    return { ...unchanged, notes: [noteOf(error, { name: reranking.reranker.name, elapsedMs, budgetMs: late })] };
  } finally {
    clearTimeout(timer);
  }
}

function inOrder(best: readonly Candidate[], rest: readonly Candidate[], raw: readonly number[]): Reranked {
  const floor = rest[0]?.score ?? 0;
  const lowest = Math.min(...raw);
  // In halves, since the spread of the largest numbers is beyond them.
  const halfSpread = Math.max(...raw) / 2 - lowest / 2;
  const reranked = best
    .map((candidate, i) => ({ candidate, raw: raw[i] as number }))
    .sort((a, b) => b.raw - a.raw)
    .map(({ candidate, raw }, i): Candidate => {
      const score = floor + (halfSpread > 0 ? (raw / 2 - lowest / 2) / halfSpread : 1);
      return {
        row: candidate.row,
        score,
        signals: [...candidate.signals, { list: 'rerank', rank: i + 1, raw }],
        parts: [...(candidate.parts ?? []), { from: 'rerank', adds: score - candidate.score }],
      };
    });
  const share = halfSpread > 0 ? `(raw - ${lowest.toFixed(3)}) / ${(2 * halfSpread).toFixed(3)}` : '1';
  return {
    candidates: [...reranked, ...rest],
    fusion: [`the best ${best.length} reranked: score = ${floor > 0 ? `${floor.toFixed(3)} + ` : ''}${share}`],
    notes: [],
  };
}

/** What people would read: where the passage stands, then its words. */
function passageText({ chunk, document }: StoredChunk): string {
  const headings = chunk.headingPath[0] === document.title ? chunk.headingPath.slice(1) : chunk.headingPath;
  const place = [document.title, ...headings].filter((each) => each !== '').join(' > ');
  return `${place}\n${readableText(chunk.text, document.type, [document.title, ...chunk.headingPath])}`;
}

function noteOf(
  error: RagError,
  { name, elapsedMs, budgetMs }: { name: string; elapsedMs: number; budgetMs: number | null },
): string {
  const kept = 'hits keep the order that they had before it';
  const ms = Math.round(elapsedMs);
  if (budgetMs !== null)
    return `Reranking by ${name} was stopped after ${ms} ms, its budget being ${budgetMs} ms; ${kept}.`;
  const sentence = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
  const reason = [sentence, error.hint].filter(Boolean).join(' ');
  return `Reranking by ${name} failed after ${ms} ms, so ${kept}. ${reason}`;
}
