import type { Store } from '../../store/types.ts';
import { evidenceOf } from './evidence.ts';
import type { GraphIndex } from './graph-index.ts';
import { npmi, tiesNothing, typedRelations } from './ties.ts';
import type { EntityDetail, EntityRelation, Neighbour } from './types.ts';

/** Passages whose company is counted: those of a name that is everywhere say no more than the first. */
const MAX_COUNTED_CHUNKS = 5000;

/** All that is known of an entity, at most `limit` of each. */
export function showEntity(store: Store, index: GraphIndex, entity: number, limit: number): EntityDetail {
  const chunks = index.chunksOf(entity);
  const aliases = new Set<string>();
  for (const { from } of index.merges)
    if (index.rootOf[from] === entity && from !== entity) aliases.add(index.nameOf(from));
  return {
    ...index.summaryOf(entity),
    aliases: [...aliases],
    places: Array.from(chunks.subarray(0, limit)).flatMap((chunk) => evidenceOf(store, index, chunk, [entity]) ?? []),
    relations: relationsOf(store, index, entity, limit),
    neighbours: neighboursOf(index, entity).slice(0, limit),
  };
}

function relationsOf(store: Store, index: GraphIndex, entity: number, limit: number): EntityRelation[] {
  const found = new Map<
    string,
    { kind: string; direction: 'out' | 'in'; other: number; chunk: number; count: number }
  >();
  for (const { kind, from, to, chunk } of typedRelations(index)) {
    if (from !== entity && to !== entity) continue;
    const direction = from === entity ? 'out' : 'in';
    const other = from === entity ? to : from;
    const key = `${kind} ${direction} ${other}`;
    const known = found.get(key);
    if (known) known.count++;
    else found.set(key, { kind, direction, other, chunk, count: 1 });
  }
  return [...found.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, limit)
    .flatMap(({ kind, direction, other, chunk, count }) => {
      const evidence = evidenceOf(store, index, chunk, [entity, other]);
      return evidence ? [{ kind, direction, other: index.refOf(other), count, evidence }] : [];
    });
}

/** Entities that stand beside this one, closest first; those met twice go before those met once. */
export function neighboursOf(index: GraphIndex, entity: number): Neighbour[] {
  const together = new Map<number, number>();
  for (const chunk of index.chunksOf(entity).subarray(0, MAX_COUNTED_CHUNKS)) {
    for (const other of index.entitiesOf(chunk))
      if (other !== entity && !tiesNothing(index, other)) together.set(other, (together.get(other) ?? 0) + 1);
  }
  const total = index.raw.chunkRows.length;
  const a = index.frequencies[entity] as number;
  return [...together]
    .map(([other, count]) => ({
      other,
      together: count,
      npmi: npmi({ together: count, a, b: index.frequencies[other] as number, total }),
    }))
    .sort((x, y) => Number(y.together > 1) - Number(x.together > 1) || y.npmi - x.npmi || x.other - y.other)
    .slice(0, 200)
    .map(({ other, ...figures }) => ({ ...index.refOf(other), ...figures }));
}
