/** Half-open [start, end) in UTF-16 code units of the owning document's text. */
export type Span = { readonly start: number; readonly end: number };
