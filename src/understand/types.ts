/** What kind of document it is, as a reader would say. */
export type DocumentKind =
  | 'changelog'
  | 'code'
  | 'contract'
  | 'cv'
  | 'data'
  | 'faq'
  | 'form'
  | 'invoice'
  | 'letter'
  | 'mail'
  | 'manual'
  | 'minutes'
  | 'notes'
  | 'paper'
  | 'policy'
  | 'presentation'
  | 'report'
  | 'specification';

/** What may be wrong with a text. `parser`: what its parser said was lost or doubtful. */
export type WarningCode =
  | 'boilerplate'
  | 'garbled'
  | 'long-lines'
  | 'mixed-encodings'
  | 'mojibake'
  | 'nearly-empty'
  | 'parser'
  | 'repetitive'
  | 'scanned'
  | 'truncated';

export type QualityWarning = {
  readonly code: WarningCode;
  /** One sentence. */
  readonly message: string;
};

/** As a document states it; days are ISO dates. */
export type StatedDates = {
  readonly from: string | null;
  /** The last day on which it applies. */
  readonly until: string | null;
  readonly status: 'superseded' | 'archived' | 'draft' | null;
  readonly supersedes: readonly string[];
  readonly supersededBy: readonly string[];
};

/** What is known of a document without a model. */
export type DocumentFacts = {
  /** ISO 639-1 where there is one, else 639-3; null where the text does not tell. The document's own word goes first. */
  readonly language: string | null;
  readonly kind: DocumentKind | null;
  /** What the kind was taken from, a few words each. */
  readonly kindBecause: readonly string[];
  readonly warnings: readonly QualityWarning[];
  /** Null where it says nothing of the time in which it applies. */
  readonly dates: StatedDates | null;
};
