import type { EmbeddingSpace } from '../../domain/search.ts';
import type { SpaceLack, StoredSpace } from '../../store/types.ts';

export type ReEmbedEvent =
  | {
      readonly type: 'reembed-start';
      /** What searches use meanwhile; null in a database without vectors. */
      readonly from: EmbeddingSpace | null;
      readonly to: EmbeddingSpace;
      /** What is to be done; what an earlier run did is not in it. */
      readonly lack: SpaceLack;
    }
  | {
      readonly type: 'reembed-progress';
      /** Texts; `total` grows when documents come meanwhile. */
      readonly done: number;
      readonly total: number;
      /** An estimate from what this run did; null before there is one. */
      readonly remainingMs: number | null;
    }
  | { readonly type: 'reembed-end'; readonly report: ReEmbedReport };

export type ReEmbedOutcome =
  /** Searches use the new vectors from here on. */
  | 'swapped'
  /** They did so before. */
  | 'active'
  /** It was stopped; what is done is kept, and the next run goes on from it. */
  | 'interrupted'
  | 'dry-run';

export type ReEmbedReport = {
  readonly outcome: ReEmbedOutcome;
  readonly from: EmbeddingSpace | null;
  readonly to: EmbeddingSpace;
  /** Texts that the model was given in this run. */
  readonly embedded: number;
  /** Of these, texts that it had no vector for: they are found by their words only. */
  readonly withoutVector: number;
  /** What is still to be done. */
  readonly left: SpaceLack;
  readonly elapsedMs: number;
  /** Former spaces that are kept to go back to, the latest first. */
  readonly kept: readonly EmbeddingSpace[];
  /** Spaces whose vectors were taken away. */
  readonly dropped: readonly EmbeddingSpace[];
  /** One sentence each. */
  readonly notes: readonly string[];
  /** What embedding what is left is expected to cost, in US dollars; null where no price is known. */
  readonly estimatedCost?: number | null;
};

export type ReEmbedOptions = {
  /** Former spaces that are kept; 1 when left out. */
  readonly keep?: number;
  /** Count what is to be done, and do nothing. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
};

/** Vectors of one model in the database, and what they lack to be searched. */
export type SpaceFigures = StoredSpace & { readonly lack: SpaceLack };

/** The vectors of a database: of which models there are, and which searches use. */
export type VectorModels = {
  /** The active one first, then the others, the latest first. */
  spaces(): readonly SpaceFigures[];
  /**
   * Makes the vectors of another model beside those that are searched, then has searches use them, in one transaction.
   * Throws MODEL_* as the embedder does, and DB_BUSY while another process does the same.
   */
  use(model: string, options?: ReEmbedOptions): AsyncIterable<ReEmbedEvent>;
  /**
   * Goes back to the vectors that were searched before. Passages that came since are embedded first. `drop`: those that were
   * left are taken away. Throws NOT_FOUND when none are kept.
   */
  rollback(options?: ReEmbedOptions & { readonly drop?: boolean }): AsyncIterable<ReEmbedEvent>;
  /** Takes away vectors that no search uses. Throws NOT_FOUND, and USAGE for those that are used. */
  drop(model: string): EmbeddingSpace;
};
