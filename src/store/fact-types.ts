import type { DocumentId } from '../domain/ids.ts';
import type { DocumentFacts, QualityWarning, StatedDates } from '../understand/types.ts';
import type { DocumentRow } from './types.ts';

/** What is known of a document beside its text; see `TextSketch` for the sketch. */
export type NewFacts = {
  readonly facts: DocumentFacts;
  readonly sketch: { readonly words: Uint8Array; readonly bins: Uint16Array | null };
};

export type StoredSketch = {
  readonly row: DocumentRow;
  readonly words: Uint8Array;
  readonly bins: Uint16Array | null;
};

export type FactFigures = {
  /** Documents of which nothing of this is known yet. */
  readonly lacking: number;
  /** Documents with a warning. */
  readonly warned: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  /** Documents that say that they applied until a day before the one given. */
  readonly expired: number;
};

export type FactStore = {
  /** Null where nothing is known yet. */
  factsOf(row: DocumentRow): DocumentFacts | null;
  /** Documents that were stored before facts were, or restored. */
  documentsWithoutFacts(limit: number): readonly DocumentRow[];
  /** In order of rows. */
  sketches(): readonly StoredSketch[];
  /** `today`: ISO date. */
  factFigures(today: string): FactFigures;
  /** Documents that say that they applied until a day before the one given, earliest first. */
  expired(
    today: string,
    limit: number,
  ): readonly { readonly id: DocumentId; readonly path: string; readonly until: string }[];
};

export type FactWriter = {
  /** Adds or replaces what is known of a stored document; its language stays where it has one. Nothing when it is gone. */
  putFacts(row: DocumentRow, facts: NewFacts): void;
  /** Gives it a tag that stays when it is read again; nothing when it is gone. */
  tagDocument(row: DocumentRow, tag: string): void;
  /** Tags of its source stay. */
  untagDocument(row: DocumentRow, tag: string): void;
};

export type { QualityWarning, StatedDates };
