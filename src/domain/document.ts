import type { DocumentId } from './ids.ts';
import type { Span } from './span.ts';

/** Where a document came from and how it is named to people. */
export type SourceRef = {
  readonly documentId: DocumentId;
  readonly collection: string;
  /** Absolute `file://` or `http(s)://` URI, or `stdin:<title>`. Unique within a collection. */
  readonly uri: string;
  readonly title: string;
  readonly mediaType: string;
  /** Short name of the format, as `--type` takes it: md, txt, html, pdf, docx, csv, json, code ... */
  readonly type: string;
  /** ISO 8601, UTC. From the content where it says so, else from the file. */
  readonly modifiedAt: string | null;
};

/**
 * A named part of a document. Headings nest by level and reach to the next heading of the same or a higher level;
 * pages are 1-based and do not nest.
 */
export type Section =
  | { readonly kind: 'heading'; readonly title: string; readonly level: number; readonly span: Span }
  | { readonly kind: 'page'; readonly page: number; readonly span: Span };

export type Document = {
  readonly id: DocumentId;
  readonly source: SourceRef;
  /** sha256 of the raw bytes, hex. */
  readonly contentHash: string;
  /** NFC, "\n" line ends. Every Span indexes this. */
  readonly text: string;
  /**
   * Line of the source file on which `text` begins (1-based), so that line N of the text is line N + firstLine - 1 of
   * the file. Null where the text is no run of the file's own lines (PDF, DOCX, HTML).
   */
  readonly firstLine: number | null;
  readonly sections: readonly Section[];
  readonly language: string | null;
  readonly tags: readonly string[];
  /** What the document says of itself: front matter, PDF information, HTML meta. Values are plain JSON. */
  readonly metadata: Readonly<Record<string, unknown>>;
};
