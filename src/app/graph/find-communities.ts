import type { GraphIndex } from './graph-index.ts';
import { countTies, npmi, type Tie, tiesNothing } from './ties.ts';
import type { CommunityReport } from './types.ts';

/** The most named entities are grouped: pairs grow with their square. */
const MAX_ENTITIES = 3000;
const MAX_MEMBERS = 12;
/** In more than this share of the passages a name ties everything to everything. */
const MAX_SHARE = 0.2;

/** Entities that two passages or more name, most named first, without those that are everywhere. */
export function tellingEntities(index: GraphIndex, limit: number): number[] {
  const most = Math.max(5, index.raw.chunkRows.length * MAX_SHARE);
  return index
    .byFrequency()
    .filter((entity) => {
      const frequency = index.frequencies[entity] as number;
      return frequency > 1 && frequency <= most && !tiesNothing(index, entity);
    })
    .slice(0, limit);
}

/** Number of each entity's community, from 1, largest first. The same graph gives the same communities. */
export async function groupEntities(
  index: GraphIndex,
  entities: readonly number[],
  ties: readonly Tie[],
): Promise<{ communityOf: ReadonlyMap<number, number>; modularity: number }> {
  const { UndirectedGraph } = await import('graphology');
  const { default: louvain } = await import('graphology-communities-louvain');
  const graph = new UndirectedGraph();
  for (const entity of entities) graph.addNode(entity);
  const total = index.raw.chunkRows.length;
  for (const { from, to, together } of ties) {
    const [a, b] = [index.frequencies[from] as number, index.frequencies[to] as number];
    const weight = npmi({ together, a, b, total });
    if (weight > 0) graph.addEdge(from, to, { weight });
  }
  if (graph.size === 0) return { communityOf: new Map(entities.map((entity, i) => [entity, i + 1])), modularity: 0 };
  const { communities, modularity } = louvain.detailed(graph, { rng: createRandom(1) });
  const sizes = new Map<number, number>();
  for (const community of Object.values(communities)) sizes.set(community, (sizes.get(community) ?? 0) + 1);
  const order = [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([community]) => community);
  const numbers = new Map(order.map((community, i) => [community, i + 1]));
  return {
    modularity,
    communityOf: new Map(entities.map((entity) => [entity, numbers.get(communities[entity] as number) ?? 0])),
  };
}

/** Groups of two or more, largest first. Source: Blondel et al., 2008 (Louvain), over nPMI. */
export async function findCommunities(index: GraphIndex, limit: number): Promise<CommunityReport> {
  const entities = tellingEntities(index, MAX_ENTITIES);
  const { communityOf, modularity } = await groupEntities(index, entities, countTies(index, entities));
  const members = new Map<number, number[]>();
  for (const entity of entities) {
    const number = communityOf.get(entity) as number;
    members.set(number, [...(members.get(number) ?? []), entity]);
  }
  const communities = [...members]
    .filter(([, own]) => own.length > 1)
    .sort(([a], [b]) => a - b)
    .slice(0, limit)
    .map(([number, own]) => ({ number, size: own.length, members: own.slice(0, MAX_MEMBERS).map(index.summaryOf) }));
  return { modularity, entities: entities.length, communities };
}

/** A fixed sequence (Lehmer), so that communities do not change from run to run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
