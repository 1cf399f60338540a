import type { EmbeddingSpace } from '../domain/search.ts';

/** `active`: searched, and written by an ingest. `building`: not yet complete. `former`: was active, kept to go back to. */
export type SpaceState = 'active' | 'building' | 'former';

/** The process that fills a space. */
export type SpaceFiller = {
  /** Its own in every run. */
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** When it last said that it is at work; milliseconds since 1970. */
  readonly at: number;
};

export type StoredSpace = EmbeddingSpace & {
  readonly state: SpaceState;
  /** Passages that have a vector in it. */
  readonly vectors: number;
  readonly createdAt: string;
  /** Of a former space: when another took its place. */
  readonly retiredAt: string | null;
  readonly filler: SpaceFiller | null;
};

/** What a space lacks: passages, their distinct texts, and about how many tokens these have. */
export type SpaceLack = { readonly passages: number; readonly texts: number; readonly tokens: number };

/** A text without a vector, and a passage that has it. `hash` as NewChunk.embedHash. */
export type LackingText = { readonly row: number; readonly hash: Uint8Array };

/** Vectors of several models side by side: one space is active, and no other one is ever searched. */
export type SpaceStore = {
  /** The active one first, then the others, the latest first. */
  spaces(): readonly StoredSpace[];
  /** Of a space that is not there, all passages. */
  lackOf(space: EmbeddingSpace): SpaceLack;
  /** Passages after `after` that lack a vector, in the order of their rows. Passages with one text may all be there. */
  lackingTexts(space: EmbeddingSpace, after: number, limit: number): readonly LackingText[];
  /**
   * One transaction on spaces other than the active one: no search finds anything else after it, so that kept results
   * stay. Throws as `write` does.
   */
  fillSpace<T>(work: (writer: SpaceFillWriter) => T): T;
};

export type SpaceFillWriter = {
  /** Nothing when it is there. */
  ensureSpace(space: EmbeddingSpace): void;
  /** Null when nobody fills it. Throws NOT_FOUND when the space was dropped. */
  fillerOf(space: EmbeddingSpace): SpaceFiller | null;
  putFiller(space: EmbeddingSpace, filler: SpaceFiller | null): void;
  /**
   * Gives every passage with such a text its vector; one that is there stays. Null: the text has no vector in this space.
   * Returns how many passages got one. Throws NOT_FOUND when the space was dropped, SPACE_MISMATCH for another length.
   */
  putVectors(
    space: EmbeddingSpace,
    vectors: readonly { readonly hash: Uint8Array; readonly vector: Float32Array | null }[],
  ): number;
  /** As `putVectors`, for texts that other passages of this space have a vector of. Returns the texts that had none. */
  shareVectors(space: EmbeddingSpace, texts: readonly LackingText[]): readonly LackingText[];
};

export type SpaceWriter = {
  /**
   * Searches use it from here on. Keeps as many of the latest former spaces as are said, and drops the others. False, and
   * nothing done, while a passage lacks a vector in it. Throws NOT_FOUND when there is no such space.
   */
  activateSpace(space: EmbeddingSpace, keptFormer: number): boolean;
  /** With its vectors. Throws USAGE for the active one, NOT_FOUND when there is no such space. */
  dropSpace(space: EmbeddingSpace): void;
};
