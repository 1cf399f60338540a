import type { PiiKind } from '../domain/pii-kinds.ts';
import type { Span } from '../domain/span.ts';

/** What is done with documents that hold any: `report` only counts them. */
export type Treatment = 'report' | 'redact' | 'pseudonymize' | 'refuse';

/** A place in a text, not yet weighed against others that overlap it. */
export type Finding = {
  readonly kind: PiiKind;
  /** Which rule found it: `us-ssn`, `visa`, `github-token`. */
  readonly rule: string;
  readonly span: Span;
  /** The value without layout: lower-case address, digits, E.164. Equal values are equal however they are written. */
  readonly value: string;
  /** From 0 to 1, by checksum, layout and the words around it. No probability: it orders what overlaps. */
  readonly confidence: number;
};

/**
 * Finds one kind of value in a folded text (see foldText), in time linear in its length. What it gives may overlap and
 * may be doubtful: the confidence says so.
 */
export type Detector = {
  readonly kind: PiiKind;
  detect(text: string, options: DetectOptions): Iterable<Finding>;
};

export type DetectOptions = {
  /** ISO 3166 code of two letters: where numbers without a country are from; null where nobody said. */
  readonly region: string | null;
};

export type FindOptions = {
  /** All of them when left out. */
  readonly kinds?: readonly PiiKind[];
  /** Values that are never reported: as they are written, `@example.org`, or with `*` at an end. */
  readonly allow?: readonly string[];
  readonly region?: string | null;
  /** Values that count wherever they stand, such as those of the text that a title belongs to. */
  readonly known?: readonly Pick<Finding, 'kind' | 'rule' | 'value'>[];
};

/** What one document's treatment is made of; plain data, so that it can be sent to a worker. */
export type TreatmentPlan = {
  readonly treatment: Treatment;
  readonly kinds: readonly PiiKind[];
  readonly allow: readonly string[];
  readonly region: string | null;
  /** Hex. Pseudonyms and the hashes of treated files are made with it. It is never stored with them. */
  readonly key: string;
  /** Equal for plans that treat any text alike. Says nothing of the key. */
  readonly mark: string;
};

/** How often a kind stands in a document, and where first. */
export type PiiCount = {
  readonly kind: PiiKind;
  readonly count: number;
  /** 1-based lines of the file, or of the text where it is not the file's own; ascending, the first few. */
  readonly lines: readonly number[];
};
