import type { SourceRow } from './types.ts';

/** What a document is parsed and cut by in place of the settings; what is absent is as the settings have it. */
export type Processing = {
  readonly targetTokens?: number;
  readonly maxTokens?: number;
  readonly overlapTokens?: number;
  /** Type of the parser, whatever the content looks like. */
  readonly parser?: string;
};

export type ProcessingStore = {
  /** By URI; documents that are as the settings have it are left out. */
  processing(source: SourceRow): ReadonlyMap<string, Processing>;
};

export type ProcessingWriter = {
  /** Null: as the settings have it. Goes with the document, and stays when that cannot be read for a while. */
  putProcessing(source: SourceRow, uri: string, processing: Processing | null): void;
};
