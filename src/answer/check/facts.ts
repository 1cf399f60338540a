import type { Span } from '../../domain/span.ts';

/** What a number counts: amounts of one dimension can be compared after multiplication with the factor. */
export type Measure = { readonly dimension: string; readonly factor: number };

export type NumberFact = {
  readonly kind: 'number';
  readonly text: string;
  readonly span: Span;
  /** What the figure may mean: `1.500` is one and a half, or fifteen hundred. */
  readonly values: readonly number[];
  readonly measure: Measure | null;
  /** Written as a word: such numbers also count what the answer lists. */
  readonly isWord: boolean;
  /** "About", "nearly": the number may be rounded. */
  readonly isRounded: boolean;
};

/** Parts of a date that are known. Month and day from 1; weekday 0 is Sunday; minute of the day. */
export type DateParts = {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly weekday?: number;
  readonly minute?: number;
};

export type DateFact = {
  readonly kind: 'date';
  readonly text: string;
  readonly span: Span;
  /** What it may mean: `03/05/2024` is in March or in May. */
  readonly readings: readonly DateParts[];
};

export type NameFact = {
  readonly kind: 'name';
  readonly text: string;
  readonly span: Span;
  /** Its words as written, without titles and connecting words. */
  readonly words: readonly { readonly text: string; readonly span: Span }[];
  /** A code, a file, an address or a version: stands as it is or not at all. */
  readonly isIdentifier: boolean;
  /** One capital at the start of a sentence says little. */
  readonly isSure: boolean;
};

export type Fact = NumberFact | DateFact | NameFact;
