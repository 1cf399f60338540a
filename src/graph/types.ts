import type { Span } from '../domain/span.ts';
import type { EntityKind } from './entity-kinds.ts';
import type { RelationKind } from './relation-kinds.ts';

/**
 * Identity of an entity: 40 bits of a hash of its normalised name. Equal names are one entity, whatever their kind;
 * among a million names half a pair shares a key.
 */
export type EntityKey = number;

/** One entity in one chunk. */
export type Mention = {
  readonly key: EntityKey;
  readonly kind: EntityKind;
  /** Of the first occurrence, in the document's text. */
  readonly span: Span;
  /** Occurrences in the chunk, from 1; more than 8 are stored as 8. */
  readonly count: number;
};

/** Two mentions of one chunk, by index into its mentions. */
export type RelationMention = { readonly kind: RelationKind; readonly from: number; readonly to: number };

export type ChunkMentions = {
  /** In order of their start. */
  readonly mentions: readonly Mention[];
  readonly relations: readonly RelationMention[];
};

/** Mentions of a stored document, packed as `encodeMentions` has them. */
export type MentionRecord = {
  readonly documentRow: number;
  /** The names that the document goes by. */
  readonly title: string;
  readonly path: string;
  /** Row of the first chunk; the others follow without gaps. */
  readonly firstChunk: number;
  readonly chunkCount: number;
  readonly packed: Uint8Array;
  /** Packed mentions of other documents' titles; null while they were not looked for. */
  readonly titleLinks: Uint8Array | null;
};

/** What a person said of two names; the last word on a pair holds. Never deleted. */
export type MergeDecision = {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly action: 'merge' | 'separate';
  /** As the person wrote them. `from` becomes an alias of `to`. */
  readonly from: string;
  readonly to: string;
  readonly reason: string;
};

/** What a model said of two names that stand in a passage. */
export type ModelRelation = {
  readonly from: string;
  readonly to: string;
  /** In the model's words, lower case: "reports to". */
  readonly relation: string;
  /** Where the names stand first, from the start of the passage. */
  readonly fromStart: number;
  readonly toStart: number;
};

/** What a model found in one stored passage. `start` is where the passage begins in its document. */
export type PassageRelations = {
  readonly row: number;
  readonly start: number;
  readonly relations: readonly ModelRelation[];
};

/** What the graph reads from; the store is one. */
export type GraphReader = {
  /** Grows with every change of what the graph is made of, by any process. */
  graphState(): number;
  /** What `keepPassageLinks` was given for the present state; null when it was given nothing. */
  keptPassageLinks(): Uint8Array | null;
  /** Keeps them for other processes, unless the database is locked or open for reading only. */
  keepPassageLinks(state: number, packed: Uint8Array): void;
  /** Whether any document says the title of another. */
  hasTitleLinks(): boolean;
  /** Every record once, by row of the document. */
  readMentions(visit: (record: MentionRecord) => void): void;
  /** Oldest first. */
  mergeDecisions(): readonly MergeDecision[];
  /** Part of a document's text; empty when the document is gone. */
  textOfDocument(documentRow: number, span: Span): string;
};

export type PassageScore = { readonly row: number; readonly score: number };

/** Finds passages that share entities with the best ones. */
export type PassageGraph = {
  /**
   * Passages that the seeds lead to, the seeds among them, best first; empty when no seed shares an entity with another
   * passage. A score of 1 is as many walkers as one seed of average weight keeps.
   */
  rankByGraph(seeds: readonly PassageScore[], limit: number): readonly PassageScore[];
  /** Builds it, if need be, before it is asked. */
  prepare(): void;
};
