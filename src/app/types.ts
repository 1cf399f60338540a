import type { Chunk } from '../domain/chunk.ts';
import type { Document, SourceRef } from '../domain/document.ts';
import type { EmbeddingSpace, SearchFilter } from '../domain/search.ts';
import type { Generator } from '../generate/types.ts';
import type { SourceKind, SourceOptions } from '../source/types.ts';
import type { FactFigures, HistoryFigures, QualityWarning } from '../store/types.ts';
import type { ChatOptions, ChatSession, Sessions } from './chat/types.ts';
import type { ContextOptions, ContextResult } from './context/types.ts';
import type { StoredTuning, TuningNote } from './evaluate/tuning-note.ts';
import type { ExplainOptions, Explanation } from './explain/types.ts';
import type { EntityGraph } from './graph/types.ts';
import type { History } from './history/types.ts';
import type { AddOptions, IngestEvent, SyncOptions } from './ingest/types.ts';
import type { Jobs } from './jobs/types.ts';
import type { CallPurpose } from './ledger/types.ts';
import type { Maintenance } from './maintain/types.ts';
import type { EmbedderTest, GeneratorTest } from './models/test-model.ts';
import type { NamedModel } from './models/try-model.ts';
import type { VectorModels } from './models/types.ts';
import type { Privacy } from './privacy/types.ts';
import type { AskRecord, Replay, ReplayOptions } from './record/types.ts';
import type { ReprocessEvent, ReprocessOptions } from './reprocess/types.ts';
import type { AskEvent, AskOptions, SearchOptions, SearchResult } from './search-types.ts';
import type { SummaryEvent, SummaryOptions, SummaryTarget } from './summarize/types.ts';
import type { Transfer } from './transfer/types.ts';
import type { Understanding } from './understanding/types.ts';
import type { Usage, UsageFigures } from './usage/types.ts';
import type { WatchEvent, WatchOptions } from './watch/types.ts';

export type * from './context/types.ts';
export type * from './ingest/types.ts';
export type * from './search-types.ts';

export type DocumentSummary = SourceRef & {
  readonly path: string;
  readonly bytes: number;
  readonly chunks: number;
  readonly tags: readonly string[];
  readonly language: string | null;
  /** invoice, manual, minutes ...; null where nothing tells. */
  readonly kind: string | null;
  /** What is doubtful about its text. */
  readonly warnings: readonly QualityWarning[];
  readonly indexedAt: string;
  /** From 1 on; see `History`. */
  readonly version: number;
  /** It is a restored version, which its file does not replace until it is edited. */
  readonly isPinned: boolean;
};

export type ListOptions = { readonly filter?: SearchFilter; readonly limit?: number; readonly offset?: number };

/** A document, or a run of its lines, or one chunk of it. */
export type GetResult = {
  readonly document: Document;
  readonly path: string;
  readonly text: string;
  /** 1-based, inclusive, when the reference had `:from-to` or names a chunk of a text file. */
  readonly lines: { readonly start: number; readonly end: number } | null;
  readonly chunk: Chunk | null;
};

export type CollectionSummary = {
  readonly name: string;
  readonly description: string;
  readonly sources: number;
  readonly documents: number;
  readonly chunks: number;
};

export type SourceSummary = {
  readonly id: number;
  readonly kind: SourceKind;
  readonly uri: string;
  readonly collection: string;
  readonly options: SourceOptions;
  readonly documents: number;
  readonly failures: number;
  readonly addedAt: string;
  readonly syncedAt: string | null;
};

export type StatusReport = {
  readonly path: string;
  readonly bytes: number;
  readonly schemaVersion: number;
  readonly collections: readonly CollectionSummary[];
  readonly sources: readonly SourceSummary[];
  readonly documents: number;
  readonly chunks: number;
  readonly vectors: number;
  /** Characters of all documents. */
  readonly textLength: number;
  readonly space: EmbeddingSpace | null;
  readonly types: Readonly<Record<string, number>>;
  /** Parameters of retrieval that were fitted to this database; null when it has the defaults. */
  readonly tuning: StoredTuning | null;
  /** Documents that could not be read at the last attempt. */
  readonly failures: readonly {
    readonly path: string;
    readonly uri: string;
    readonly code: string;
    readonly message: string;
  }[];
  readonly usage: UsageFigures;
  readonly history: HistoryFigures;
  readonly facts: FactFigures;
};

export type DoctorCheck = {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
  readonly hint?: string;
};

/** An open knowledge base. One object for a program's life; every method may be called while others run. */
export type KnowledgeBase = {
  readonly path: string;
  /** Add a file, folder or http(s) URL, and remember it as a source. */
  add(target: string, options?: AddOptions): AsyncIterable<IngestEvent>;
  /** Add bytes that come from no place that can be read again. The title is the name: the same title replaces. */
  addBytes(bytes: Uint8Array, options: AddOptions & { readonly title: string }): AsyncIterable<IngestEvent>;
  /** Bring the database in step with every remembered source. */
  sync(options?: SyncOptions): AsyncIterable<IngestEvent>;
  /** Keep it in step with remembered folders and files until the signal fires. Throws NOT_FOUND, DB_BUSY, SOURCE_*. */
  watch(options?: WatchOptions): AsyncIterable<WatchEvent>;
  /** Parse and cut documents anew, each swapped at once. Throws USAGE, NOT_FOUND when none passes the filter, DB_*. */
  reprocess(options?: ReprocessOptions): AsyncIterable<ReprocessEvent>;
  list(options?: ListOptions): readonly DocumentSummary[];
  /** `<path | URI | document id | chunk id>[:from[-to]]`. Throws NOT_FOUND with the nearest names as hint. */
  get(reference: string): GetResult;
  /** Remove one document, or every document below a path, or a whole source. Says which. */
  remove(reference: string, options?: { readonly dryRun?: boolean }): readonly DocumentSummary[];
  search(query: string, options?: SearchOptions): Promise<SearchResult>;
  /** Why a passage, or the best ones of a document, are where they are in a search, or are missing. Throws as `search` does. */
  explain(query: string, reference: string, options?: ExplainOptions): Promise<Explanation>;
  ask(question: string, options?: AskOptions): AsyncIterable<AskEvent>;
  /** What a model would be given to answer, for another program. Without passages `found.notes` say why. */
  context(question: string, options?: ContextOptions): Promise<ContextResult>;
  /** Null as the target: all that passes the filter. Throws NOT_FOUND with the nearest names, USAGE, MODEL_*. */
  summarize(target: SummaryTarget, options?: SummaryOptions): AsyncIterable<SummaryEvent>;
  /** The model of a name, its fallbacks behind it; what it costs is recorded. Null for none. Throws MODEL_UNKNOWN, OFFLINE. */
  generator(name: string | undefined, purpose: CallPurpose): Promise<Generator | null>;
  /** Whether a model works, and how fast; what it costs is recorded. Throws MODEL_*, OFFLINE, BUDGET_EXCEEDED. */
  tryModel(model: NamedModel, signal?: AbortSignal): Promise<EmbedderTest | GeneratorTest>;
  /** Asks what a record asked again, and says what differs. Throws as `ask` does. */
  replay(record: AskRecord, options?: ReplayOptions): Promise<Replay>;
  /** A conversation. Throws NOT_FOUND for a session, collection or file that is not there, MODEL_UNKNOWN. */
  chat(options?: ChatOptions): Promise<ChatSession>;
  /** Conversations that were saved. */
  sessions(): Promise<Sessions>;
  collections(): readonly CollectionSummary[];
  createCollection(name: string, description?: string): void;
  renameCollection(from: string, to: string): void;
  removeCollection(name: string): void;
  /** Parameters of retrieval that were fitted to this database, by name; empty when it has the defaults. */
  tuning(): Readonly<Record<string, unknown>>;
  /** Replaces them; nothing in them means the defaults. The note is what `status` says of them. */
  setTuning(values: Readonly<Record<string, unknown>>, note?: TuningNote): void;
  /** The entities that documents name. Read at the first question, so ask all through one. */
  graph(): Promise<EntityGraph>;
  /** What was asked, and what people said of it. */
  usage(): Promise<Usage>;
  /** Personal data in stored documents. */
  privacy(): Promise<Privacy>;
  /** What is known of documents beside their text: facts, near copies. */
  understanding(): Promise<Understanding>;
  /** Former versions of documents, and moments of the whole base. */
  history(): Promise<History>;
  /** Which models the vectors come from, and how to change that. */
  vectorModels(): Promise<VectorModels>;
  /** Documents out of this knowledge base, and into it. */
  transfer(): Promise<Transfer>;
  /** Checking, copying and tidying the file. */
  maintenance(): Promise<Maintenance>;
  /** Work that outlives the process that does it, and schedules. */
  jobs(): Promise<Jobs>;
  /** Resolves once no other process writes. Methods that write wait as well, but without a word. */
  whenWritable(signal?: AbortSignal): Promise<void>;
  status(): StatusReport;
  doctor(): Promise<readonly DoctorCheck[]>;
  close(): void;
};
