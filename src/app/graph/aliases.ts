import type { Decided, Merge } from '../../graph/resolve-entities.ts';
import type { Store } from '../../store/types.ts';
import { evidenceOf } from './evidence.ts';
import { findEntity } from './find-entity.ts';
import type { GraphIndex } from './graph-index.ts';
import type { Alias, AliasReport, Separation } from './types.ts';

/** Names that were taken for the entity, or for any when none is given; those of the most named entities first. */
export function listAliases(store: Store, index: GraphIndex, name: string | undefined, limit: number): AliasReport {
  const { merges, rootOf, frequencies, separated } = index;
  const entity = name === undefined ? -1 : findEntity(index, name);
  const isMeant = (own: number): boolean => entity < 0 || rootOf[own] === entity;
  const asked = merges.filter(({ from }) => isMeant(from));
  const rootFrequency = ({ from }: Merge): number => frequencies[rootOf[from] as number] as number;
  const ordered = [...asked].sort((a, b) => rootFrequency(b) - rootFrequency(a));

  const aliasOf = ({ from, to, reason, evidence, likeness, decision }: Merge): Alias => {
    // Of the two names of a merge, the one that stands for both may itself be an alias.
    const [alias, other] = rootOf[from] === from ? [to, from] : [from, to];
    return {
      name: index.nameOf(alias),
      of: { name: index.nameOf(other), kind: index.refOf(rootOf[from] as number).kind },
      reason: reason === 'decision' ? 'by hand' : reason,
      note: decision?.reason ?? null,
      at: decision?.at ?? null,
      similarity: likeness?.similarity ?? null,
      beside: likeness && index.refOf(rootOf[likeness.beside] as number),
      evidence: evidence < 0 ? null : evidenceOf(store, index, evidence, [rootOf[from] as number]),
    };
  };
  const separationOf = ({ from, to, decision }: Decided): Separation => ({
    names: [index.nameOf(from), index.nameOf(to)],
    note: decision.reason,
    at: decision.at,
  });
  return {
    entity: entity < 0 ? null : index.summaryOf(entity),
    aliases: ordered.slice(0, limit).map(aliasOf),
    separations: separated
      .filter(({ from, to }) => isMeant(from) || isMeant(to))
      .slice(0, limit)
      .map(separationOf),
    moreAliases: Math.max(0, ordered.length - limit),
  };
}
