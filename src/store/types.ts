import type { ChunkDraft } from '../chunk/types.ts';
import type { Chunk } from '../domain/chunk.ts';
import type { Document, Section, SourceRef } from '../domain/document.ts';
import type { DocumentId } from '../domain/ids.ts';
import type { EmbeddingSpace, SearchFilter } from '../domain/search.ts';
import type { Span } from '../domain/span.ts';
import type { GraphReader, MergeDecision, ModelRelation, PassageRelations } from '../graph/types.ts';
import type { SourceKind, SourceOptions, SourceSpec } from '../source/types.ts';
import type { QualityWarning } from '../understand/types.ts';
import type { ContainerStore, ContainerWriter } from './container-types.ts';
import type { FactStore, FactWriter, NewFacts } from './fact-types.ts';
import type { JobStore } from './job-types.ts';
import type { LedgerStore } from './ledger-types.ts';
import type { MaintenanceStore } from './maintenance-types.ts';
import type { ProcessingStore, ProcessingWriter } from './processing-types.ts';
import type { SiteStore, SiteWriter } from './site-types.ts';
import type { SpaceStore, SpaceWriter } from './space-types.ts';
import type { UsageStore } from './usage-types.ts';
import type { VersionStore, VersionWriter } from './version-types.ts';

/** Row numbers are the store's own: small, dense, never shown, valid until the row is removed. */
export type SourceRow = number;
export type DocumentRow = number;
export type ChunkRow = number;

export type StoredSource = SourceSpec & {
  readonly row: SourceRow;
  readonly collection: string;
  readonly tags: readonly string[];
  readonly addedAt: string;
  readonly syncedAt: string | null;
  /** See TreatmentPlan.mark: of the treatment that all its documents went through; null for none. */
  readonly treatment: string | null;
};

/** What is remembered of one item of a source, to tell whether it changed. */
export type KnownItem = {
  readonly uri: string;
  readonly path: string;
  /** Null when the item could not be read the last time. */
  readonly documentRow: DocumentRow | null;
  readonly size: number | null;
  readonly mtimeMs: number | null;
  /** Of the file; not of what the document says, where that is a restored version. */
  readonly contentHash: string | null;
  /** It was restored without a file, and stays without. */
  readonly staysWithoutFile?: boolean;
};

export type NewDocument = {
  readonly id: DocumentId;
  readonly sourceRow: SourceRow;
  readonly uri: string;
  readonly path: string;
  readonly title: string;
  readonly mediaType: string;
  readonly type: string;
  readonly modifiedAt: string | null;
  readonly language: string | null;
  readonly size: number | null;
  readonly mtimeMs: number | null;
  readonly contentHash: string;
  readonly text: string;
  readonly firstLine: number | null;
  readonly sections: readonly Section[];
  /** Its own; those of its source are added whenever it is read. */
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly chunks: readonly NewChunk[];
  /** As `encodeMentions` packs them; absent where nothing was extracted. */
  readonly mentions?: Uint8Array;
  /** Absent where nobody looked. */
  readonly understood?: NewFacts;
};

export type NewChunk = ChunkDraft & {
  readonly lines: { readonly start: number; readonly end: number } | null;
  /** Of what was embedded; equal hashes have equal vectors within a space. 16 bytes. */
  readonly embedHash: Uint8Array;
  /** Null: found by its words only. */
  readonly vector: Float32Array | null;
};

export type FailedItem = {
  readonly sourceRow: SourceRow;
  readonly uri: string;
  readonly path: string;
  readonly size: number | null;
  readonly mtimeMs: number | null;
  readonly code: string;
  readonly message: string;
};

export type StoredDocument = {
  readonly row: DocumentRow;
  readonly sourceRow: SourceRow;
  readonly source: SourceRef;
  readonly path: string;
  readonly contentHash: string;
  readonly bytes: number;
  readonly chunks: number;
  readonly tags: readonly string[];
  readonly language: string | null;
  /** See DocumentFacts. */
  readonly kind: string | null;
  readonly warnings: readonly QualityWarning[];
  readonly indexedAt: string;
  /** From 1 on; see `Store.historyOf`. */
  readonly version: number;
  /** It is a restored version, which the file does not replace until it is edited. */
  readonly isPinned: boolean;
};

/** A chunk with its document, as a hit needs them. */
export type StoredChunk = {
  readonly row: ChunkRow;
  readonly chunk: Chunk;
  readonly document: SourceRef;
  readonly documentRow: DocumentRow;
  readonly path: string;
};

/** Words to look for. Terms are joined by OR; every phrase must be there. */
export type LexicalQuery = { readonly terms: readonly string[]; readonly phrases: readonly string[] };

/** BM25 weights of a chunk's title, heading path and body; each at least 0. */
export type ColumnWeights = { readonly title: number; readonly headings: number; readonly body: number };

/** `score` > 0, higher is better; no upper bound for words, cosine in [-1, 1] for vectors. */
export type ScoredRow = { readonly row: ChunkRow; readonly score: number };

export type WordCounts = {
  /** All that there are. */
  readonly passages: number;
  /** Passages that have each word, given as the index has it: lower case, stemmed. A word that none has is left out. */
  readonly withWord: ReadonlyMap<string, number>;
};

export type WordPlaces = {
  /** Empty when the passage does not have it. */
  readonly columns: readonly (keyof ColumnWeights)[];
  readonly passages: number;
};

export type StoreCounts = {
  readonly documents: number;
  readonly chunks: number;
  readonly vectors: number;
  readonly textLength: number;
};

/** The entity graph's part of the store: what documents name, and what people said of names. */
export type GraphStore = GraphReader & {
  /** Documents from before the graph, in order of their rows: they have chunks but no mentions. */
  documentsWithoutMentions(limit: number): readonly DocumentRow[];
  /** Documents whose text was not yet searched for titles, or whose title is new. */
  documentsWithoutTitleLinks(): readonly DocumentRow[];
  /** All of them, or those of the rows given. */
  documentTitles(rows?: readonly DocumentRow[]): readonly string[];
  /** Documents whose text says the words in this order. */
  documentsWithPhrase(phrase: string): readonly DocumentRow[];
  /** Null when it has none. */
  mentionsOf(document: DocumentRow): Uint8Array | null;
  /** Passages whose text the model was not asked about, one for each text. */
  passagesWithoutRelations(model: string): readonly ChunkRow[];
  /** What models found, by passage; empty lists are left out. */
  passageRelations(): readonly PassageRelations[];
  /** In order, without their texts. */
  chunkSpans(document: DocumentRow): readonly { readonly span: Span }[];
  /** Rows of all documents that have mentions. */
  documentsWithMentions(): readonly DocumentRow[];
};

export type GraphWriter = {
  /** Adds or replaces the mentions of a stored document. */
  putMentions(document: DocumentRow, mentions: Uint8Array): void;
  /** `count`: places where the document says the title of another. */
  putTitleLinks(document: DocumentRow, links: Uint8Array, count: number): void;
  putMergeDecision(decision: Omit<MergeDecision, 'id' | 'at'>): void;
  /** Of every passage with the text of this one; nothing when it is gone. Goes with the last of them. */
  putModelRelations(passage: ChunkRow, model: string, relations: readonly ModelRelation[]): void;
};

type Parts = GraphStore &
  UsageStore &
  SpaceStore &
  LedgerStore &
  ContainerStore &
  MaintenanceStore &
  VersionStore &
  SiteStore &
  ProcessingStore &
  FactStore;

type WriterParts = GraphWriter &
  SpaceWriter &
  ContainerWriter &
  VersionWriter &
  SiteWriter &
  ProcessingWriter &
  FactWriter;

/** One knowledge base. Every method throws RagError DB_*; writes happen only inside `write`. */
export type Store = Parts & {
  readonly path: string;
  readonly readOnly: boolean;
  /** Set when the file stands where nothing can be written: what is open is a copy, which sees nothing that others write. */
  readonly copy: { readonly mayBeStale: boolean } | null;
  readonly schemaVersion: number;
  readonly jobs: JobStore;
  /** Grows with every write by any process. */
  generation(): number;
  /** Whether another process is writing, and which, where the system tells; null when a write would begin at once. */
  writeLock(): { readonly pid: number | null } | null;
  /** Runs the work in one transaction that takes the write lock at once and waits for it if another process has it. */
  write<T>(work: (writer: StoreWriter) => T): T;
  /** As `write`, but at once or not at all: false when another process is writing, or nothing can be written. */
  tryWrite(work: (writer: StoreWriter) => void): boolean;

  collections(): readonly { name: string; description: string; sources: number; documents: number; chunks: number }[];
  sources(collection?: string): readonly (StoredSource & { readonly documents: number; readonly failures: number })[];
  /** By URI. */
  knownItems(source: SourceRow): Map<string, KnownItem>;
  /** What is known of the file of one document; null when there is no such document. */
  knownItem(id: DocumentId): KnownItem | null;
  /** Null when there is no such document. */
  sourceOfDocument(id: DocumentId): SourceRow | null;
  /** URIs that the other sources of the collection could not read. */
  failingElsewhere(collection: string, source: SourceRow): ReadonlySet<string>;
  failures(): readonly FailedItem[];

  documents(filter: SearchFilter, limit: number, offset: number): readonly StoredDocument[];
  countDocuments(filter: SearchFilter): number;
  /** Whether the document meets what the filter asks of documents. */
  passesFilter(row: DocumentRow, filter: SearchFilter): boolean;
  /** By exact id, URI or path, or path suffix at a `/`; several when the reference is ambiguous. */
  findDocuments(reference: string, limit: number): readonly StoredDocument[];
  document(row: DocumentRow): Document;
  documentPath(row: DocumentRow): string;
  /** Null when there is no such document (any more). */
  documentText(id: DocumentId, span?: Span): string | null;
  /** What the document says of itself; null when there is no such document (any more). */
  documentMetadata(id: DocumentId): Readonly<Record<string, unknown>> | null;
  /** 1-based page on which a position of the text stands; null in documents without pages. */
  pageAt(id: DocumentId, position: number): number | null;
  documentChunks(row: DocumentRow): readonly Chunk[];
  /** In the order of the document. */
  chunkRows(row: DocumentRow): readonly ChunkRow[];
  chunks(rows: readonly ChunkRow[]): Map<ChunkRow, StoredChunk>;
  /** Empty when there is no such chunk (any more). */
  chunkText(row: ChunkRow): string;

  /** Without weights, those that the store was tuned with. */
  searchWords(query: LexicalQuery, limit: number, filter: SearchFilter, weights?: ColumnWeights): readonly ScoredRow[];
  /** For scripts without spaces between words, and for what the word index cannot hold. */
  searchGrams(query: LexicalQuery, limit: number, filter: SearchFilter): readonly ScoredRow[];
  /** As `searchWords` scores the given rows, wherever they stand in its list; rows that it would not find are left out. */
  scoreWords(query: LexicalQuery, rows: readonly ChunkRow[], weights?: ColumnWeights): Map<ChunkRow, number>;
  scoreGrams(query: LexicalQuery, rows: readonly ChunkRow[]): Map<ChunkRow, number>;
  /** Where a passage has a word of a query, as the word index has both, and how many passages have it. */
  wordPlaces(row: ChunkRow, word: string): WordPlaces;
  /** Whether some passage has the word or its like; true where the word index has no say. */
  knowsWord(word: string): boolean;
  wordCounts(stems: readonly string[]): WordCounts;
  /** Words that passages have and that are spelt much like one that none has, nearest first. */
  nearestWords(word: string, limit: number): readonly string[];
  /** Words that hold the text, as documents write them, most frequent first. */
  wordsContaining(text: string, limit: number): readonly string[];
  /** Nearest by cosine among the rows that pass the filter. */
  searchVectors(query: Float32Array, limit: number, filter: SearchFilter): readonly ScoredRow[];
  /** Cosine of the query with the given rows; rows without a vector are left out. */
  scoreVectors(query: Float32Array, rows: readonly ChunkRow[]): Map<ChunkRow, number>;
  /** Vectors already there for these hashes, in the active space. Keys are hex. */
  vectorsByHash(hashes: readonly Uint8Array[]): Map<string, Float32Array>;

  /** What was tuned for this database, as it was put; empty when nothing was. */
  tuning(): Readonly<Record<string, unknown>>;
  space(): EmbeddingSpace | null;
  counts(): StoreCounts;
  typeCounts(): Readonly<Record<string, number>>;
  /** For a search that found nothing: throws DB_DAMAGED when that is because rows have vanished from what it read. */
  checkSearched(): void;
  /** Problems found; empty when the file is sound. */
  checkIntegrity(): readonly string[];
  /**
   * Overwrites what documents and searches of before left in the file: words that no document has any more, kept results
   * and replies, questions, and pages that are free. Takes seconds for a large file.
   */
  forgetTraces(): void;
  /** Moves the write-ahead log into the file; worth it after a long ingest. */
  checkpoint(): void;
  close(): void;
};

export type StoreWriter = WriterParts & {
  ensureCollection(name: string, description?: string): void;
  /** Ids are made from the name of the collection, so documents get new ones. */
  renameCollection(from: string, to: string, idOf: (uri: string) => DocumentId): void;
  /** With its sources, documents and everything that they left. */
  removeCollection(name: string): void;
  /** Adds it, or updates options and tags of the source that is there under this URI; null leaves its tags as they are. */
  putSource(spec: SourceSpec, collection: string, tags: readonly string[] | null): StoredSource;
  removeSource(source: SourceRow): void;
  markSynced(source: SourceRow): void;
  markTreated(source: SourceRow, treatment: string | null): void;
  /**
   * Changes every text that is kept of questions, labels and conversations, and forgets by which hashes passages of a source
   * were to be known again. Overwrites them in the file.
   */
  rewriteKept(source: SourceRow, change: (text: string) => string): void;
  /** Sets the space of an empty database; throws SPACE_MISMATCH when another one is there. */
  useSpace(space: EmbeddingSpace): void;
  /** Inserts it, or replaces the document of the same id with everything that it left. */
  putDocument(document: NewDocument): void;
  /** The same bytes under a new place: keeps chunks and vectors. */
  moveDocument(row: DocumentRow, to: Pick<NewDocument, 'id' | 'uri' | 'path' | 'title' | 'size' | 'mtimeMs'>): void;
  touchDocument(row: DocumentRow, size: number | null, mtimeMs: number | null): void;
  removeDocuments(rows: readonly DocumentRow[]): void;
  /** Replaces what was tuned; an empty object takes it away. */
  putTuning(values: Readonly<Record<string, unknown>>): void;
  putFailure(failure: FailedItem): void;
  removeFailures(source: SourceRow, uris: readonly string[]): void;
};

export type * from './container-types.ts';
export type * from './fact-types.ts';
export type * from './job-types.ts';
export type * from './ledger-types.ts';
export type * from './maintenance-types.ts';
export type * from './processing-types.ts';
export type * from './session-types.ts';
export type * from './site-types.ts';
export type * from './space-types.ts';
export type * from './usage-types.ts';
export type * from './version-types.ts';
export type { SourceKind, SourceOptions };
