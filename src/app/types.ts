import type { PackedPassage } from '../answer/pack-context.ts';
import type { Answer, Citation } from '../domain/answer.ts';
import type { Chunk } from '../domain/chunk.ts';
import type { Document, SourceRef } from '../domain/document.ts';
import type {
  DocumentConditions,
  EmbeddingSpace,
  ExpansionMethod,
  Hit,
  SearchFilter,
  SearchMode,
} from '../domain/search.ts';
import type { Place } from '../domain/span.ts';
import type { Generator } from '../generate/types.ts';
import type { PiiCount } from '../privacy/types.ts';
import type { RetrievalParameters } from '../retrieve/retrieval-parameters.ts';
import type { CrawlSummary, SourceKind, SourceOptions } from '../source/types.ts';
import type { HistoryFigures } from '../store/types.ts';
import type { ChatOptions, ChatSession, Sessions } from './chat/types.ts';
import type { Correction, Grade } from './correct/types.ts';
import type { StoredTuning, TuningNote } from './evaluate/tuning-note.ts';
import type { ExplainOptions, Explanation, PassageExplanation } from './explain/types.ts';
import type { EntityGraph } from './graph/types.ts';
import type { History } from './history/types.ts';
import type { Jobs } from './jobs/types.ts';
import type { CallPurpose } from './ledger/types.ts';
import type { Maintenance } from './maintain/types.ts';
import type { EmbedderTest, GeneratorTest } from './models/test-model.ts';
import type { NamedModel } from './models/try-model.ts';
import type { VectorModels } from './models/types.ts';
import type { Privacy } from './privacy/types.ts';
import type { AskRecord, Replay, ReplayOptions } from './record/types.ts';
import type { ReprocessEvent, ReprocessOptions } from './reprocess/types.ts';
import type { Route } from './routes/types.ts';
import type { SummaryEvent, SummaryOptions, SummaryTarget } from './summarize/types.ts';
import type { Transfer } from './transfer/types.ts';
import type { Usage, UsageFigures } from './usage/types.ts';
import type { WatchEvent, WatchOptions } from './watch/types.ts';

// ---- ingest

export type ItemStatus = 'added' | 'updated' | 'moved' | 'unchanged' | 'removed' | 'skipped' | 'failed';

export type ItemOutcome = {
  readonly uri: string;
  /** What people are shown: path below the source root, URL, or title. */
  readonly path: string;
  readonly status: ItemStatus;
  /** Why it was skipped or failed. `code` is a SkippedItem code or a RagErrorCode. */
  readonly reason?: { readonly code: string; readonly message: string; readonly hint?: string };
  readonly chunks?: number;
  /** Time that reading it took, in milliseconds. */
  readonly readMs?: number;
  /** Former path of a moved document. */
  readonly from?: string;
  readonly warnings?: readonly string[];
  /** Personal data that it holds, or held before it was taken out; absent where nobody looked. */
  readonly pii?: readonly PiiCount[];
};

export type IngestReport = {
  readonly dryRun: boolean;
  readonly counts: Readonly<Record<ItemStatus, number>>;
  readonly chunks: number;
  /** Passages that were longer than the embedding model takes: their vectors are those of their beginnings. */
  readonly cutTexts?: number;
  /** Of the sites among the sources, in order. */
  readonly crawls?: readonly CrawlSummary[];
  readonly elapsedMs: number;
  /** Personal data that was found, by kind; absent where nobody looked. */
  readonly pii?: Readonly<Record<string, number>>;
  /** True when it was stopped before its end; what was finished is stored. */
  readonly interrupted: boolean;
  /** Sources that could not be listed, or whose removals were held back. */
  readonly sourceProblems: readonly {
    readonly uri: string;
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
  }[];
};

export type IngestEvent =
  | { readonly type: 'source-start'; readonly uri: string; readonly kind: SourceKind }
  | { readonly type: 'scan-end'; readonly uri: string; readonly items: number; readonly skipped: number }
  /** `total` is of all items scanned so far; it grows when a sync has several sources. */
  | { readonly type: 'item-end'; readonly outcome: ItemOutcome; readonly done: number; readonly total: number }
  /**
   * Passages that got vectors so far, told where a model takes its time. `total` is an estimate until all documents are
   * read.
   */
  | { readonly type: 'embed-progress'; readonly done: number; readonly total: number }
  /** Documents are searched for names of others. */
  | { readonly type: 'link-progress'; readonly done: number; readonly total: number }
  /** A page of a site was asked for; `total` counts the addresses known so far. */
  | { readonly type: 'crawl-progress'; readonly uri: string; readonly done: number; readonly total: number }
  | { readonly type: 'crawl-end'; readonly crawl: CrawlSummary }
  | { readonly type: 'ingest-end'; readonly report: IngestReport };

export type AddOptions = SourceOptions & {
  readonly collection?: string;
  /** Tags of every document of the source, in place of those that it had; when left out, it keeps them. */
  readonly tags?: readonly string[];
  readonly dryRun?: boolean;
  /** Absolute path, from which relative names are found; else the working folder of this process. */
  readonly workingFolder?: string;
  readonly signal?: AbortSignal;
};

export type SyncOptions = {
  readonly collection?: string;
  readonly dryRun?: boolean;
  /** Remove what a missing or suddenly empty root no longer shows. */
  readonly pruneMissing?: boolean;
  readonly signal?: AbortSignal;
};

// ---- read

export type DocumentSummary = SourceRef & {
  readonly path: string;
  readonly bytes: number;
  readonly chunks: number;
  readonly tags: readonly string[];
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

export type SearchOptions = {
  readonly mode?: SearchMode;
  readonly limit?: number;
  readonly filter?: SearchFilter;
  /** Most hits of one document; 0 = no bound. */
  readonly perDocument?: number;
  readonly minScore?: number;
  /** From 0, the default, by score only, to 1, as different from each other as can be. */
  readonly diversity?: number;
  /** Neighbours on either side that each passage is returned with. */
  readonly window?: number;
  /** Return a section whole where enough of its passages match. */
  readonly expandSections?: boolean;
  /** `provider/model` that puts the best passages in its order; 'none' = no one. Else the setting `rerank.model`. */
  readonly rerank?: string;
  /** Longest time for reranking; then the order before it is kept. Else the setting `rerank.budgetMs`. */
  readonly budgetMs?: number;
  /** How the query is widened; `hyde` and `multi-query` need a model. */
  readonly expandQuery?: ExpansionMethod;
  /** `provider/model` that widens it; else the setting `model`. */
  readonly expansionModel?: string;
  /** Passages that have all the same words as a better one are counted with it. */
  readonly collapseCopies?: boolean;
  /** False leaves the entity graph out. */
  readonly graph?: boolean;
  /** In place of the defaults, for an evaluation. */
  readonly parameters?: Partial<RetrievalParameters>;
  /** Say of each hit why it is where it is. */
  readonly explain?: boolean;
  /** Keep the question in the log, unless the setting `log.questions` is off: for what people ask. */
  readonly log?: boolean;
  /** Take the result of the same search if nothing was written since: for what nobody times. */
  readonly cache?: boolean;
  readonly signal?: AbortSignal;
};

export type SearchResult = {
  readonly query: string;
  /** The mode that was used; differs from the one asked for when a leg could not take part. */
  readonly mode: SearchMode;
  readonly hits: readonly SearchHit[];
  readonly elapsedMs: number;
  /** Why there is nothing, or why a leg was left out: one sentence each. */
  readonly notes: readonly string[];
  /** How `ask` took the question; absent in plain searches. */
  readonly route?: Route;
  /** How far the hits speak of the question, where it was asked. */
  readonly grade?: Grade;
  /** Further searches that were done because it was weak, in order. */
  readonly corrections?: readonly Correction[];
  /** For --explain. */
  readonly explanation: SearchExplanation;
  /** Of each hit, in their order, where it was asked for. */
  readonly explained?: readonly PassageExplanation[];
};

export type SearchHit = Hit & {
  readonly path: string;
  /** Further passages with nearly the same words that this one stands for. */
  readonly copies?: number;
  /** A short part of the chunk around the matched words, with the matches as spans within the snippet. */
  readonly snippet: {
    readonly text: string;
    readonly matches: readonly { readonly start: number; readonly end: number }[];
  };
  /** Where in the source the words stand for which the snippet was chosen. */
  readonly place?: Place;
  /** How likely it is right, from 0 to 1; only where the database was calibrated on its user's labels. */
  readonly confidence?: number;
};

export type SearchExplanation = {
  readonly terms: readonly string[];
  readonly dropped: readonly string[];
  readonly phrases: readonly string[];
  /** What the query asks for, by its form: a question, a list, a comparison ... */
  readonly kind: string;
  /** Words and phrases that no passage found may have: `-word`. */
  readonly excluded: readonly string[];
  /** What was asked of documents beside the query. */
  readonly given?: DocumentConditions;
  /** What the query itself asks of documents, as it was written and as it was understood. */
  readonly filters: readonly {
    readonly written: string;
    readonly conditions: DocumentConditions;
    readonly negated: boolean;
  }[];
  readonly legs: readonly { readonly list: string; readonly candidates: number; readonly elapsedMs: number }[];
  /** The arithmetic by which legs became one score, in words. */
  readonly fusion: string;
};

// ---- ask

export type AskOptions = SearchOptions & {
  /** `provider/model`; absent or 'extractive' = no model. */
  readonly model?: string;
  readonly system?: string;
  /** What was said before: it goes into the prompt, and is no source. */
  readonly conversation?: string;
  /** What the ledger of calls says that the model was asked for; `ask` unless said otherwise. */
  readonly purpose?: CallPurpose;
  /** Called before the model is asked: with what it is asked, and the passages as they are numbered there. */
  readonly onPrompt?: (prompt: { readonly system: string; readonly user: string }, passages: readonly Hit[]) => void;
  /** Most tokens that passages take in the prompt; else the setting `generate.contextTokens`, or what suits the model. */
  readonly contextTokens?: number;
};

export type AskEvent =
  | { readonly type: 'search-end'; readonly result: SearchResult }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'citation'; readonly citation: Citation }
  | { readonly type: 'answer-end'; readonly answer: Answer };

// ---- context

export type { PackedPassage };

export type ContextOptions = SearchOptions & {
  /** Most tokens, by `estimatePromptTokens`, of the passages with all that `layout` writes around them. */
  readonly budgetTokens?: number;
  /** How it is written; as in the prompts of `ask` unless said otherwise. */
  readonly layout?: ContextLayout;
};

export type ContextLayout = {
  /** Everything but the passages. */
  frame(found: SearchResult): string;
  passage(passage: PackedPassage): string;
};

/** What a reader of so many tokens should get for a question. */
export type ContextResult = {
  readonly question: string;
  readonly budgetTokens: number;
  /** Of the passages and what is written around them, on the long side. */
  readonly tokens: number;
  /** In the order in which they are read: the best first and last. */
  readonly passages: readonly PackedPassage[];
  /** What they were chosen from. */
  readonly found: SearchResult;
};

// ---- the rest

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
