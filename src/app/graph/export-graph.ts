import type { Store } from '../../store/types.ts';
import { evidenceOf } from './evidence.ts';
import { groupEntities, tellingEntities } from './find-communities.ts';
import type { GraphIndex } from './graph-index.ts';
import { countTies, typedRelations } from './ties.ts';
import type { GraphEdge, GraphExport } from './types.ts';

const PLACES_PER_NODE = 5;
/** A drawing with more lines for each of its nodes is a blot. */
const EDGES_PER_NODE = 4;

/** The most named entities with the strongest ties between them. */
export async function exportGraph(store: Store, index: GraphIndex, limit: number): Promise<GraphExport> {
  const all = tellingEntities(index, Number.MAX_SAFE_INTEGER);
  const entities = all.slice(0, limit);
  const ids = new Map(entities.map((entity, i) => [entity, `e${i}`]));
  const ties = countTies(index, entities);
  const { communityOf } = await groupEntities(index, entities, ties);
  const typed = new Map<string, GraphEdge>();
  for (const { kind, from, to } of typedRelations(index)) {
    const [a, b] = [ids.get(from), ids.get(to)];
    if (!a || !b) continue;
    const key = `${kind} ${a} ${b}`;
    typed.set(key, { from: a, to: b, kind, weight: (typed.get(key)?.weight ?? 0) + 1 });
  }
  const strongest = [...ties]
    .sort((x, y) => y.together - x.together || x.from - y.from || x.to - y.to)
    .slice(0, entities.length * EDGES_PER_NODE)
    .map(
      ({ from, to, together }): GraphEdge => ({
        from: ids.get(from) as string,
        to: ids.get(to) as string,
        kind: 'together',
        weight: together,
      }),
    );
  return {
    nodes: entities.map((entity) => ({
      id: ids.get(entity) as string,
      ...index.summaryOf(entity),
      community: communityOf.get(entity) ?? 0,
      aliases: index
        .membersOf(entity)
        .filter((other) => other !== entity)
        .map(index.nameOf),
      places: Array.from(index.chunksOf(entity).subarray(0, PLACES_PER_NODE)).flatMap(
        (chunk) => evidenceOf(store, index, chunk, [entity]) ?? [],
      ),
    })),
    edges: [...typed.values(), ...strongest],
    allEntities: all.length,
    allEdges: ties.length + typed.size,
  };
}
