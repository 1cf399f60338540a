export type {
  AskInChat,
  ChatEvent,
  ChatOptions,
  ChatSession,
  ChatSettings,
  ChatSource,
  ChatTurn,
  SessionRecord,
  SessionSummary,
  Sessions,
} from './app/chat/types.ts';
export type { AnswerReport, AnswerSummary, QuestionAnswer } from './app/evaluate/answer-report.ts';
export type { Configuration } from './app/evaluate/configuration.ts';
export { defaultConfigurations, parseConfiguration } from './app/evaluate/configuration.ts';
export type { EvaluateOptions, Evaluation } from './app/evaluate/evaluate.ts';
export { evaluate } from './app/evaluate/evaluate.ts';
export type { EvaluateAnswersOptions } from './app/evaluate/evaluate-answers.ts';
export { evaluateAnswers } from './app/evaluate/evaluate-answers.ts';
export type { GenerateOptions } from './app/evaluate/generate-question-set.ts';
export { generateQuestionSet } from './app/evaluate/generate-question-set.ts';
export type { JudgedQuestion, OpenQuestion, QuestionSet } from './app/evaluate/question-set.ts';
export { questionSetOf, readQuestionSet } from './app/evaluate/read-question-set.ts';
export type { Control, TuneOptions } from './app/evaluate/tune.ts';
export { tune } from './app/evaluate/tune.ts';
export type { StoredTuning, TuningNote } from './app/evaluate/tuning-note.ts';
export type {
  ConfigurationReport,
  EvaluationComparison,
  EvaluationReport,
  TuneJudgement,
  TuneReport,
} from './app/evaluate/types.ts';
export type {
  ReEmbedEvent,
  ReEmbedOptions,
  ReEmbedReport,
  SpaceFigures,
  VectorModels,
} from './app/models/types.ts';
export type { OpenOptions } from './app/open-knowledge-base.ts';
export { openKnowledgeBase } from './app/open-knowledge-base.ts';
export { createAskRecorder } from './app/record/create-ask-recorder.ts';
export { readRecord } from './app/record/read-record.ts';
export type { AskRecord, RecordDifference, Replay, ReplayOptions } from './app/record/types.ts';
export type {
  ChunkChange,
  ReprocessEvent,
  ReprocessedItem,
  ReprocessOptions,
  ReprocessReport,
} from './app/reprocess/types.ts';
export type { Summary, SummaryEvent, SummaryOptions, SummaryScope, SummaryTarget } from './app/summarize/types.ts';
export type {
  AddOptions,
  AskEvent,
  AskOptions,
  CollectionSummary,
  ContextLayout,
  ContextOptions,
  ContextResult,
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
export type { LookReason, WatchEvent, WatchedSource, WatchOptions, WatchReport } from './app/watch/types.ts';
export { defaultSettings } from './config/settings.ts';
export type { Settings } from './config/types.ts';
export type { Answer, CheckLabel, CheckReason, Citation, SentenceCheck, Usage } from './domain/answer.ts';
export type { Chunk } from './domain/chunk.ts';
export type { Document, Section, SourceRef } from './domain/document.ts';
export type { ChunkId, DocumentId } from './domain/ids.ts';
export type { EmbeddingSpace, Hit, SearchFilter, SearchMode, Signal } from './domain/search.ts';
export type { Span } from './domain/span.ts';
export type { Embedder } from './embed/types.ts';
export type { AnswerMeasureName, AnswerMeasures } from './evaluate/answer-measures.ts';
export type { GeneratedQuestion } from './evaluate/generate-questions.ts';
export type { QuestionLine } from './evaluate/read-question-lines.ts';
export type { Comparison, EvaluationRun, MeasureName, Measures } from './evaluate/types.ts';
export type { GenerateEvent, GenerateRequest, Generator } from './generate/types.ts';
export { RagError, type RagErrorCode } from './platform/errors.ts';
