import type { SearchFilter } from '../../domain/search.ts';
import type { PiiCount } from '../../privacy/types.ts';

export type { PiiCount };

/** One place where personal data stands. The value itself is never part of it. */
export type PiiPlace = {
  readonly kind: string;
  readonly rule: string;
  /** 1-based line of the text, and of the file where the text is its own lines. */
  readonly line: number;
  readonly confidence: number;
};

export type PiiDocument = {
  readonly path: string;
  readonly uri: string;
  readonly counts: readonly PiiCount[];
  /** The first of them, in order. */
  readonly places: readonly PiiPlace[];
};

export type PiiScan = {
  /** Those that hold any. */
  readonly documents: readonly PiiDocument[];
  /** By kind, over all documents. */
  readonly counts: Readonly<Record<string, number>>;
  /** Documents that were read. */
  readonly read: number;
  /** What could not be read. */
  readonly failures: readonly { readonly path: string; readonly message: string }[];
};

/** Personal data in what is stored already. */
export type Privacy = {
  /**
   * Looks through stored documents: those that the reference names, by id, URI, path or the folder above, or all that
   * pass the filter. Throws NOT_FOUND.
   */
  scanStored(options: { readonly reference?: string; readonly filter?: SearchFilter }): PiiScan;
};
