import type { Signal } from '../domain/search.ts';
import type { ChunkRow, StoredChunk } from '../store/types.ts';

/** A chunk that some leg found, with what each leg says of it. */
export type Candidate = { readonly row: ChunkRow; readonly score: number; readonly signals: readonly Signal[] };

export type RetrievedChunk = StoredChunk &
  Pick<Candidate, 'score' | 'signals'> & {
    /** Later passages with nearly the same words that this one stands for. */
    readonly copies?: number;
  };
