/** The first of each group up to `most`, in order; 0 = no bound. */
export function limitPerGroup<Item>(items: readonly Item[], groupOf: (item: Item) => unknown, most: number): Item[] {
  if (most <= 0) return [...items];
  const counts = new Map<unknown, number>();
  return items.filter((item) => {
    const group = groupOf(item);
    const count = (counts.get(group) ?? 0) + 1;
    counts.set(group, count);
    return count <= most;
  });
}
