import type { SourceRef } from '../../domain/document.ts';
import type { ChunkId } from '../../domain/ids.ts';
import type { ExtractRelationsOptions } from './extract-relations.ts';

export type EntityRef = { readonly name: string; readonly kind: string };

export type EntitySummary = EntityRef & {
  /** Passages and documents that name it. */
  readonly passages: number;
  readonly documents: number;
};

/** A passage with where it opens. */
export type PassagePlace = {
  readonly chunkId: ChunkId;
  readonly document: SourceRef;
  readonly path: string;
  readonly page: number | null;
  readonly lines: { readonly start: number; readonly end: number } | null;
};

/** `sentence` stands in the passage word for word; parts of two sentences are joined by ` … `. */
export type Evidence = PassagePlace & { readonly sentence: string };

export type GraphStats = {
  readonly documents: number;
  readonly passages: number;
  /** Names that were taken for one count once. */
  readonly entities: number;
  /** Entities that two passages or more name: those that lead from one to another. */
  readonly shared: number;
  readonly mentions: number;
  /** Names that were taken for another. */
  readonly merges: number;
  /** What the packed mentions take in the database. */
  readonly bytes: number;
  readonly kinds: readonly { readonly kind: string; readonly about: string; readonly entities: number }[];
  readonly relations: readonly { readonly kind: string; readonly count: number }[];
};

export type EntityListOptions = { readonly kind?: string; readonly limit?: number };

export type EntityRelation = {
  readonly kind: string;
  /** Whether the entity asked for is the one that the relation starts from. */
  readonly direction: 'out' | 'in';
  readonly other: EntityRef;
  /** Passages that say so. */
  readonly count: number;
  readonly evidence: Evidence;
};

export type Neighbour = EntityRef & {
  /** Passages that name both. */
  readonly together: number;
  /** Normalised pointwise mutual information in [-1, 1]: 1 when neither is named without the other. */
  readonly npmi: number;
};

export type EntityDetail = EntitySummary & {
  readonly aliases: readonly string[];
  /** At most as many as were asked for; `EntitySummary.passages` counts all. */
  readonly places: readonly Evidence[];
  readonly relations: readonly EntityRelation[];
  readonly neighbours: readonly Neighbour[];
};

export type PathHop = { readonly from: EntityRef; readonly to: EntityRef; readonly evidence: Evidence };

export type EntityPath = {
  readonly from: EntityRef;
  readonly to: EntityRef;
  /** Empty when no passages lead from one to the other; see `isBounded`. */
  readonly hops: readonly PathHop[];
  /** The search ended at its bound, not because there is no way. */
  readonly isBounded: boolean;
};

export type Community = {
  /** From 1, largest first. */
  readonly number: number;
  readonly size: number;
  /** Most named first. */
  readonly members: readonly EntitySummary[];
};

export type CommunityReport = {
  /** Share of ties within communities above what chance gives, in [-0.5, 1]. */
  readonly modularity: number;
  /** Entities that were looked at: the most named ones. */
  readonly entities: number;
  readonly communities: readonly Community[];
};

export type GraphNode = EntitySummary & {
  /** `e0`, `e1` ... in order of the passages that name it. */
  readonly id: string;
  readonly community: number;
  /** Names that were taken for it. */
  readonly aliases: readonly string[];
  readonly places: readonly Evidence[];
};

export type GraphEdge = {
  readonly from: string;
  readonly to: string;
  /** `together` when they stand in the same passages, else the kind of the relation from one to the other. */
  readonly kind: string;
  /** Passages. */
  readonly weight: number;
};

export type GraphExport = {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Entities and ties of the whole graph that could have been shown. */
  readonly allEntities: number;
  readonly allEdges: number;
};

export type RelatedDocument = {
  readonly passage: Evidence;
  /** Comparable within one result only. */
  readonly score: number;
  /** Entities that lead there, the most telling first. */
  readonly shared: readonly EntityRef[];
  /** Cosine of the passage with what was asked for; null where one of the two has no vector. */
  readonly similarity: number | null;
};

export type RelatedResult = {
  readonly asked: string;
  /** What it was taken for. */
  readonly as: 'document' | 'entity' | 'text';
  readonly name: string;
  readonly related: readonly RelatedDocument[];
};

/** One name that was taken for another, and why. */
export type Alias = {
  readonly name: string;
  readonly of: EntityRef;
  readonly reason: 'abbreviation' | 'similar name' | 'by hand';
  /** What was said when it was merged by hand, and when (ISO 8601). */
  readonly note: string | null;
  readonly at: string | null;
  /** For similar names: how like they are, in [0, 1], and a name that stands beside both. */
  readonly similarity: number | null;
  readonly beside: EntityRef | null;
  /** Where a text says so, or says the name beside one that stands beside the other too. */
  readonly evidence: Evidence | null;
};

/** Two names that are kept apart, whatever else says that they are one. */
export type Separation = { readonly names: readonly [string, string]; readonly note: string; readonly at: string };

export type AliasReport = {
  /** Null when those of all entities were asked for. */
  readonly entity: EntitySummary | null;
  readonly aliases: readonly Alias[];
  readonly separations: readonly Separation[];
  /** How many there are beyond those listed. */
  readonly moreAliases: number;
};

export type MergeReport = {
  /** What stands for all of them now. */
  readonly entity: EntitySummary;
  readonly merged: readonly string[];
  /** Were one with it before. */
  readonly already: readonly string[];
};

export type UnmergeReport = {
  readonly entity: EntitySummary;
  /** Names that it was one with. Empty when it was merged with none. */
  readonly separated: readonly string[];
  /** What they are now; names that are still one stand here once. */
  readonly others: readonly EntitySummary[];
};

/** What asking a model for relations came to. */
export type RelationExtraction = {
  readonly model: string;
  /** Passages that were asked about in this run. */
  readonly asked: number;
  readonly calls: number;
  /** Relations that were kept, and those whose names stand nowhere in their passage. */
  readonly relations: number;
  readonly rejected: number;
  /** Passages whose replies could not be read; they are asked about again. */
  readonly unreadable: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Passages that are still to be asked about. */
  readonly left: number;
};

/** What a knowledge base can say of the entities that its documents name. */
export type EntityGraph = {
  stats(): GraphStats;
  /** Most named first. Throws USAGE for a kind that there is not. */
  entities(options?: EntityListOptions): readonly EntitySummary[];
  /** Throws NOT_FOUND with the nearest names as hint. */
  show(entity: string, limit?: number): EntityDetail;
  path(from: string, to: string): EntityPath;
  communities(limit?: number): Promise<CommunityReport>;
  export(limit?: number): Promise<GraphExport>;
  related(reference: string, limit?: number): Promise<RelatedResult>;
  /** Names that were taken for the entity, or for any; most named first. Throws NOT_FOUND. */
  aliases(entity?: string, limit?: number): AliasReport;
  /** Makes the aliases other names of the entity, for as long as a person does not undo it. Throws NOT_FOUND, USAGE. */
  merge(entity: string, aliases: readonly string[], note?: string): MergeReport;
  /** Takes the name out of the entity that it is part of, and keeps it apart. Throws NOT_FOUND. */
  unmerge(entity: string, note?: string): UnmergeReport;
  /** Asks a model for relations and stores them; see `ExtractRelationsOptions`. Throws USAGE, MODEL_*. */
  extractRelations(options: ExtractRelationsOptions): Promise<RelationExtraction>;
};
