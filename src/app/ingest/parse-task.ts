import type { ChunkDraft, ChunkOptions } from '../../chunk/types.ts';
import type { ContainerKind } from '../../parse/container/types.ts';
import type { ParsedDocument, ParseLimits, RecognizedPage } from '../../parse/types.ts';
import type { RagErrorCode } from '../../platform/errors.ts';
import type { PiiCount, TreatmentPlan } from '../../privacy/types.ts';
import type { ItemContent } from '../../source/types.ts';
import type { NewFacts } from '../../store/types.ts';
import type { ExpandReply, ExpandTask } from './containers/expand-task.ts';
import type { PictureReply, PictureTask } from './programs/picture-task.ts';

/** A document as it is stored, to be cut anew without its bytes. `title` only where its content gave it. */
export type StoredDocumentText = Omit<ParsedDocument, 'blocks'> & {
  readonly contentHash: string;
  readonly size: number;
};

/** What a parse worker is asked: read, hash, and unless nothing changed parse and chunk. */
export type ParseTask = {
  readonly content: ItemContent;
  /** File name or last part of the URL. */
  readonly name: string;
  readonly maxBytes: number;
  readonly limits: ParseLimits;
  readonly chunking: ChunkOptions;
  /** Of the stored version; the same bytes are not parsed again. */
  readonly knownHash: string | null;
  /** What is done with personal data; nothing when left out. */
  readonly treatment?: TreatmentPlan | null;
  /** See ParseInput.parser. */
  readonly parser?: string;
  /** Cut this, and read no content. */
  readonly stored?: StoredDocumentText;
  /** Whether archives, mailboxes and mails with attachments are told apart from documents. */
  readonly opensContainers: boolean;
  /** What was recognised on the pages of the picture or PDF that it is. */
  readonly recognized?: readonly RecognizedPage[];
  /** What a program made of it, which is parsed in its place. */
  readonly converted?: Converted;
};

/** Output of a loader. `name` ends in the extension of the format that it is in. */
export type Converted = { readonly bytes: Uint8Array; readonly name: string };

/** All that a worker is asked; the reply to each is of its kind. */
export type WorkerTask = ParseTask | ExpandTask | PictureTask;
export type WorkerReply = ParseReply | ExpandReply | PictureReply;

export type ParsedChunk = ChunkDraft & {
  /** Of its text in the space in use, where it is known already. */
  readonly vector?: Float32Array;
  readonly lines: { readonly start: number; readonly end: number } | null;
  /** See NewChunk.embedHash. */
  readonly embedHash: Uint8Array;
};

/** `elapsedMs`: time in the worker, from opening the file on. */
export type ParseReply = { readonly elapsedMs: number } & ParseResult;

export type ParseResult =
  | { readonly status: 'unchanged'; readonly size: number }
  | {
      readonly status: 'parsed';
      readonly size: number;
      readonly contentHash: string;
      readonly document: Omit<ParsedDocument, 'blocks'>;
      readonly understood: NewFacts;
      readonly chunks: readonly ParsedChunk[];
      /** See NewDocument.mentions. */
      readonly mentions: Uint8Array;
      /** Where personal data was looked for. */
      readonly pii?: readonly PiiCount[];
      /** A document that holds others, which are still to be read: a mail with attachments. */
      readonly holds?: ContainerKind;
    }
  /** No document itself: what it holds is to be read. */
  | { readonly status: 'container'; readonly holds: ContainerKind }
  | {
      readonly status: 'failed';
      readonly code: RagErrorCode;
      readonly message: string;
      readonly hint?: string;
      /** See ParsedDocument.picturePages. */
      readonly picturePages?: readonly number[];
    };
