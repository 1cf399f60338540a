/** Entities that are one, as disjoint sets, some of which must stay apart. */
export type EntityGroups = {
  /** Puts the group of `from` under what stands for `to`. False when they are one already, or must stay apart. */
  join(from: number, to: number): boolean;
  areSeparated(a: number, b: number): boolean;
  /** What stands for each entity. */
  roots(): Int32Array;
};

export function createGroups(
  size: number,
  separated: readonly { readonly from: number; readonly to: number }[],
): EntityGroups {
  const rootOf = Int32Array.from({ length: size }, (_, entity) => entity);
  /** By root: members of other groups that must never join it. */
  const apart = new Map<number, Set<number>>();
  const keepApart = (a: number, b: number): void => void apart.set(a, (apart.get(a) ?? new Set()).add(b));
  for (const { from, to } of separated) {
    keepApart(from, to);
    keepApart(to, from);
  }
  const find = (entity: number): number => {
    let root = entity;
    while (rootOf[root] !== root) root = rootOf[root] as number;
    for (let at = entity; at !== root; ) {
      const next = rootOf[at] as number;
      rootOf[at] = root;
      at = next;
    }
    return root;
  };
  const areSeparated = (a: number, b: number): boolean => {
    const [one, other] = [find(a), find(b)];
    for (const entity of apart.get(one) ?? []) if (find(entity) === other) return true;
    return false;
  };
  return {
    areSeparated,
    join(from, to) {
      const [one, other] = [find(from), find(to)];
      if (one === other || areSeparated(one, other)) return false;
      rootOf[one] = other;
      for (const entity of apart.get(one) ?? []) keepApart(other, entity);
      return true;
    },
    roots: () => Int32Array.from(rootOf, (_, entity) => find(entity)),
  };
}
