/** Half-open [start, end) in UTF-16 code units of the owning document's text. */
export type Span = { readonly start: number; readonly end: number };

/** Where something begins in the file that a document was read from; null what its format does not have. */
export type Place = {
  /** 1-based line of the file. */
  readonly line: number | null;
  /** 1-based. */
  readonly page: number | null;
};
