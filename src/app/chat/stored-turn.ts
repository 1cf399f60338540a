import type { Answer, Citation } from '../../domain/answer.ts';
import type { Clock } from '../../platform/runtime.ts';
import type { NewTurn, StoredTurn } from '../../store/types.ts';
import { type FoundPassage, type PassageReference, readReferences, sourcesOf } from './remembered-passages.ts';
import type { ChatTurn, TurnError, TurnState } from './types.ts';

/** A turn of a running process whose row was not written for this long belongs to one that is gone. */
const ALIVE_WITHIN_MS = 60_000;

type Answered = Omit<Answer, 'question' | 'text' | 'hits' | 'citations'> & {
  readonly citations: readonly Omit<Citation, 'quote'>[];
};

/** A turn as its row: the answer without what stands in other columns, passages and quotes by reference. */
export function storedTurnOf(turn: ChatTurn, references: readonly PassageReference[], clock: Clock): NewTurn {
  return {
    askedAt: turn.at,
    question: turn.question,
    searchedFor: turn.searchedFor,
    state: turn.state,
    text: turn.text,
    answer: turn.answer && answeredOf(turn.answer),
    sources: references,
    error: turn.error ?? null,
    process: process.pid,
    touchedAt: new Date(clock.now()).toISOString(),
  };
}

function answeredOf({ question: _, text: __, hits: ___, citations, ...rest }: Answer): Answered {
  return { ...rest, citations: citations.map(({ quote: _, ...citation }) => citation) };
}

type ReadOptions = {
  /** Of the turn within its session, from 1. */
  readonly id: number;
  readonly lookUp: (references: readonly PassageReference[]) => readonly FoundPassage[];
  readonly clock: Clock;
};

/** The turn of a row. One that was running when its process ended is `stopped`. Never throws for what the row holds. */
export function readStoredTurn(row: StoredTurn, { id, lookUp, clock }: ReadOptions): ChatTurn {
  const found = lookUp(readReferences(row.sources));
  const answer = readAnswer(row, found);
  const state = readState(row, clock);
  const error = readError(row.error);
  return {
    id,
    question: row.question,
    searchedFor: row.searchedFor,
    text: row.text,
    answer,
    sources: sourcesOf(found, answer?.citations ?? []),
    state,
    ...(error ? { error } : {}),
    at: row.askedAt,
  };
}

function readState(row: StoredTurn, clock: Clock): TurnState {
  if (row.state === 'done' || row.state === 'failed') return row.state;
  return row.state === 'running' && isAlive(row, clock) ? 'running' : 'stopped';
}

function isAlive({ process: pid, touchedAt }: StoredTurn, clock: Clock): boolean {
  if (pid === process.pid || !(clock.now() - Date.parse(touchedAt) < ALIVE_WITHIN_MS)) return pid === process.pid;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The answer with its passages and quotes, as far as they are still there; null when none was kept whole. */
function readAnswer(row: StoredTurn, found: readonly FoundPassage[]): Answer | null {
  const kept = row.answer as Partial<Answered> | null;
  if (typeof kept !== 'object' || kept === null || typeof kept.model !== 'string') return null;
  const citations = (Array.isArray(kept.citations) ? kept.citations : []).filter(
    (each) =>
      Number.isInteger(each?.marker) && Number.isInteger(each?.span?.start) && Number.isInteger(each?.span?.end),
  );
  return {
    ...kept,
    question: row.searchedFor,
    text: row.text,
    model: kept.model,
    support: kept.support === 'supported' || kept.support === 'partial' ? kept.support : 'none',
    usage: kept.usage ?? { inputTokens: 0, outputTokens: 0 },
    warnings: Array.isArray(kept.warnings) ? kept.warnings : [],
    hits: found.map(({ hit }) => hit),
    citations: citations.map((citation) => ({ ...citation, quote: quoteOf(citation, found[citation.marker - 1]) })),
  };
}

function quoteOf({ span }: Omit<Citation, 'quote'>, passage: FoundPassage | undefined): string {
  if (!passage) return '';
  const { chunk } = passage.hit;
  return chunk.text.slice(Math.max(0, span.start - chunk.span.start), Math.max(0, span.end - chunk.span.start));
}

function readError(stored: unknown): TurnError | null {
  const { code, message, hint } = (stored ?? {}) as Partial<TurnError>;
  if (typeof code !== 'string' || typeof message !== 'string') return null;
  return { code, message, ...(typeof hint === 'string' ? { hint } : {}) };
}
