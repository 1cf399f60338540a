import type { Section } from '../domain/document.ts';
import type { Span } from '../domain/span.ts';

/** Bytes with what is known of them before they are read. */
export type ParseInput = {
  readonly bytes: Uint8Array;
  /** File name or last part of the URL; its extension is a hint and no more. */
  readonly name: string;
  /** From a Content-Type header, when there was one. */
  readonly mediaType?: string;
  readonly charset?: string;
  /** Type of the parser that reads it, whatever the content looks like. */
  readonly parser?: string;
  /** Hashes of blocks of HTML that are boilerplate of their site, see `leaveOutBlocks`. */
  readonly leaveOut?: readonly string[];
  readonly limits: ParseLimits;
  /** What was recognised on pages that are pictures. */
  readonly recognized?: readonly RecognizedPage[];
};

/** Text that was read from the picture of a page. Paragraphs are apart by empty lines. */
export type RecognizedPage = {
  /** 1-based. */
  readonly page: number;
  readonly text: string;
  /** Of its words, from 0 to 100, as the recogniser says; null when it found none. */
  readonly confidence: number | null;
};

export type ParseLimits = {
  /** Most bytes that all members of one archive may inflate to. */
  readonly maxInflatedBytes: number;
  /** Most UTF-16 code units of text that one document may give. */
  readonly maxTextLength: number;
  readonly maxPages: number;
  /** Whether source code is read by its syntax tree, which takes some ten times as long; true unless said otherwise. */
  readonly syntaxTrees?: boolean;
};

/**
 * A structural unit of the text that the chunker keeps whole if it can. Blocks are in order, do not overlap and may
 * leave white space between them; a heading's own line is a block of kind 'heading'.
 */
export type Block = {
  readonly kind: 'heading' | 'paragraph' | 'list-item' | 'table-row' | 'code' | 'quote' | 'function' | 'record';
  readonly span: Span;
  /** Of a 'table-row': span of the header row of its table, when the row is not the header itself. */
  readonly header?: Span;
};

/** What a parser makes of bytes. Text is NFC with "\n" line ends; every span indexes it. */
export type ParsedDocument = {
  readonly text: string;
  /** From the content (front matter, first heading, <title>, PDF information); null when it has none. */
  readonly title: string | null;
  readonly mediaType: string;
  /** Short name, as `--type` takes it. */
  readonly type: string;
  /** See Document.firstLine. */
  readonly firstLine: number | null;
  readonly language: string | null;
  /** ISO 8601, only when the content itself says so. */
  readonly modifiedAt: string | null;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly sections: readonly Section[];
  readonly blocks: readonly Block[];
  /** 1-based pages that hold no text, and may be pictures of it. */
  readonly picturePages?: readonly number[];
  /** What was lost or doubtful, one sentence each; the document is stored all the same. */
  readonly warnings: readonly string[];
};

/**
 * One file format. Throws RagError PARSE_FAILED, PARSE_ENCRYPTED, PARSE_NO_TEXT, PARSE_TOO_LARGE, PARSE_UNSUPPORTED or PARSE_LEFT_OUT,
 * each with a message that names the reason. Runs in a worker process that may be killed; never reads files or the
 * network; imports heavy libraries inside `parse`.
 */
export type Parser = {
  /** Short name of the format. */
  readonly type: string;
  readonly mediaTypes: readonly string[];
  /** Lower-case, without the dot. */
  readonly extensions: readonly string[];
  parse(input: ParseInput): Promise<ParsedDocument>;
};
