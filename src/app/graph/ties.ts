import type { GraphIndex } from './graph-index.ts';
import { isLoose } from './loose-kinds.ts';

export const tiesNothing = (index: GraphIndex, entity: number): boolean => isLoose(index.raw.kinds[entity] as number);

/**
 * Normalised pointwise mutual information in [-1, 1] of two things that stand in `a` and `b` of `total` places, and in
 * `together` of them both. Source: Bouma, GSCL 2009.
 */
export function npmi({ together, a, b, total }: { together: number; a: number; b: number; total: number }): number {
  if (together === 0) return -1;
  if (together === total) return 1;
  return Math.log((together * total) / (a * b)) / -Math.log(together / total);
}

export type Tie = { readonly from: number; readonly to: number; readonly together: number };

/** Pairs of the entities given that stand in the same passage; `from < to`. */
export function countTies(index: GraphIndex, entities: readonly number[]): Tie[] {
  const selected = new Set(entities);
  const size = index.frequencies.length;
  const counts = new Map<number, number>();
  const chunks = new Set(entities.flatMap((entity) => Array.from(index.chunksOf(entity))));
  for (const chunk of chunks) {
    const here = index
      .entitiesOf(chunk)
      .filter((entity) => selected.has(entity))
      .sort((a, b) => a - b);
    for (let i = 0; i < here.length; i++) {
      for (let j = i + 1; j < here.length; j++) {
        const pair = (here[i] as number) * size + (here[j] as number);
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
  }
  return [...counts].map(([pair, together]) => ({ from: Math.floor(pair / size), to: pair % size, together }));
}

export type TypedRelation = {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly chunk: number;
};

/** Every relation that a text states, between entities that stand for themselves. */
export function* typedRelations({ raw: { relations, relationLabels }, rootOf }: GraphIndex): Generator<TypedRelation> {
  for (let i = 0; i + 3 < relations.length; i += 4) {
    const kind = relationLabels[relations[i] as number];
    const from = rootOf[relations[i + 1] as number] as number;
    const to = rootOf[relations[i + 2] as number] as number;
    if (kind && from !== to) yield { kind, from, to, chunk: relations[i + 3] as number };
  }
}
