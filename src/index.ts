export type { OpenOptions } from './app/open-knowledge-base.ts';
export { openKnowledgeBase } from './app/open-knowledge-base.ts';
export type {
  AddOptions,
  AskEvent,
  AskOptions,
  CollectionSummary,
  DoctorCheck,
  DocumentSummary,
  GetResult,
  IngestEvent,
  IngestReport,
  ItemOutcome,
  ItemStatus,
  KnowledgeBase,
  ListOptions,
  SearchExplanation,
  SearchHit,
  SearchOptions,
  SearchResult,
  SourceSummary,
  StatusReport,
  SyncOptions,
} from './app/types.ts';
export { defaultSettings } from './config/settings.ts';
export type { Settings } from './config/types.ts';
export type { Answer, Citation, Usage } from './domain/answer.ts';
export type { Chunk } from './domain/chunk.ts';
export type { Document, Section, SourceRef } from './domain/document.ts';
export type { ChunkId, DocumentId } from './domain/ids.ts';
export type { EmbeddingSpace, Hit, SearchFilter, SearchMode, Signal } from './domain/search.ts';
export type { Span } from './domain/span.ts';
export type { Embedder } from './embed/types.ts';
export type { GenerateEvent, GenerateRequest, Generator } from './generate/types.ts';
export { RagError, type RagErrorCode } from './platform/errors.ts';
