import type { Document } from '../../domain/document.ts';
import type { EmbeddingSpace, SearchFilter } from '../../domain/search.ts';
import type { Span } from '../../domain/span.ts';
import type { SourceSpec } from '../../source/types.ts';
import type { AddOptions, IngestEvent } from '../types.ts';

/** A passage as it leaves one knowledge base and enters another. */
export type ExportedPassage = {
  readonly span: Span;
  readonly headingPath: readonly string[];
  readonly page: number | null;
  readonly lines: { readonly start: number; readonly end: number } | null;
  readonly tokens: number;
  /** See NewChunk.embedHash. */
  readonly embedHash: Uint8Array;
  /** Unit length; null when it has none, or vectors were not asked for. */
  readonly vector: Float32Array | null;
};

export type ExportedDocument = {
  readonly document: Document;
  readonly path: string;
  /** URI of the source that it belongs to. */
  readonly source: string | null;
  readonly size: number | null;
  /** Milliseconds since 1970. */
  readonly mtimeMs: number | null;
  readonly passages: readonly ExportedPassage[];
};

export type ExportHeader = {
  /** ISO 8601. */
  readonly exportedAt: string;
  readonly version: string;
  /** Of the vectors; null when there are none. */
  readonly space: EmbeddingSpace | null;
  /** Of the documents that are exported. */
  readonly sources: readonly (SourceSpec & { readonly collection: string; readonly tags: readonly string[] })[];
  /** Documents that pass the filter. */
  readonly documents: number;
};

export type Export = {
  readonly header: ExportHeader;
  /** Each read when it is asked for; one that was removed meanwhile is left out. */
  readonly documents: Iterable<ExportedDocument>;
};

export type ExportOptions = {
  readonly filter?: SearchFilter;
  readonly vectors?: boolean;
};

export type ImportOptions = Pick<AddOptions, 'collection' | 'tags' | 'dryRun' | 'signal'> & {
  /** What the file is called: documents that belong to no remembered source are listed under it. */
  readonly name: string;
  /** Remember the sources of an export as well, so that `sync` follows them. They may name any folder or address. */
  readonly withSources?: boolean;
};

/** Moving documents out of a knowledge base and into one. */
export type Transfer = {
  export(options?: ExportOptions): Export;
  /**
   * Takes in the lines of an export, or of any other JSONL whose objects have a text. A bad line is an outcome with its
   * reason. The last event is `ingest-end`. Throws USAGE for what is neither.
   */
  import(lines: AsyncIterable<string>, options: ImportOptions): AsyncIterable<IngestEvent>;
};
