import { entityKinds } from '../../graph/entity-kinds.ts';
import { RagError } from '../../platform/errors.ts';
import type { AppContext } from '../app-context.ts';
import { linkDocumentTitles } from '../ingest/link-document-titles.ts';
import { listAliases } from './aliases.ts';
import { exportGraph } from './export-graph.ts';
import { extractRelations } from './extract-relations.ts';
import { findCommunities } from './find-communities.ts';
import { findEntity } from './find-entity.ts';
import { createGraphIndexCache, type GraphIndex } from './graph-index.ts';
import { mergeEntities, unmergeEntity } from './merge-entities.ts';
import { pathBetween } from './path-between.ts';
import { related } from './related.ts';
import { showEntity } from './show-entity.ts';
import { typedRelations } from './ties.ts';
import type { EntityGraph, EntityListOptions, EntitySummary, GraphStats } from './types.ts';

/** Questions about the entities of one knowledge base; the graph is read at the first and kept until a write. */
export async function createEntityGraph(context: AppContext): Promise<EntityGraph> {
  const { store } = context;
  // Every ingest does it; this is for one that was interrupted, and for databases from before the graph.
  if (!store.readOnly) await linkDocumentTitles(store);
  const index = createGraphIndexCache(store);
  return {
    stats: () => graphStats(index()),
    entities: (options = {}) => listEntities(index(), options),
    show: (entity, limit = 10) => showEntity(store, index(), findEntity(index(), entity), limit),
    path: (from, to) => pathBetween(store, index(), findEntity(index(), from), findEntity(index(), to)),
    communities: (limit = 10) => findCommunities(index(), limit),
    export: (limit = 300) => exportGraph(store, index(), limit),
    aliases: (entity, limit = 50) => listAliases(store, index(), entity, limit),
    merge: (entity, aliases, note) => mergeEntities(store, index, { entity, aliases, note }),
    extractRelations: (options) => extractRelations(context, options),
    unmerge: (entity, note) => unmergeEntity(store, index, { entity, note }),
    related: (reference, limit = 10) => related(context, index(), reference, limit),
  };
}

function graphStats(index: GraphIndex): GraphStats {
  const { raw, frequencies } = index;
  const entities = index.byFrequency();
  const kinds = new Map<number, number>();
  for (const entity of entities) {
    const kind = raw.kinds[entity] as number;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const relations = new Map<string, number>();
  for (const { kind } of typedRelations(index)) relations.set(kind, (relations.get(kind) ?? 0) + 1);
  return {
    documents: raw.documents.length,
    passages: raw.chunkRows.length,
    entities: entities.length,
    shared: entities.filter((entity) => (frequencies[entity] as number) > 1).length,
    mentions: raw.edgeCounts.reduce((sum, count) => sum + count, 0),
    merges: index.merges.length,
    bytes: index.bytes,
    kinds: entityKinds
      .map(({ kind, about }, number) => ({ kind, about, entities: kinds.get(number) ?? 0 }))
      .filter((each) => each.entities > 0)
      .sort((a, b) => b.entities - a.entities),
    relations: [...relations].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count),
  };
}

function listEntities(index: GraphIndex, { kind, limit = 30 }: EntityListOptions): readonly EntitySummary[] {
  const number = kind === undefined ? -1 : entityKinds.findIndex((each) => each.kind === kind);
  if (kind !== undefined && number < 0) {
    throw new RagError('USAGE', {
      message: `There is no kind of entity "${kind}".`,
      hint: `One of ${entityKinds.map((each) => each.kind).join(', ')}.`,
    });
  }
  return index
    .byFrequency()
    .filter((entity) => number < 0 || index.raw.kinds[entity] === number)
    .slice(0, limit)
    .map(index.summaryOf);
}
