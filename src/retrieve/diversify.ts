/**
 * Maximal marginal relevance: each next item is the best of (1 - diversity) * relevance - diversity * likeness to the
 * most alike of those before it. Relevance is divided by the best one. 0 keeps the order, 1 looks at likeness only.
 * Ties keep the order. Source: Carbonell, Goldstein, SIGIR 1998.
 */
export function diversify<Item>(
  items: readonly Item[],
  {
    relevance,
    likeness,
    diversity,
    most,
  }: {
    readonly relevance: (item: Item) => number;
    /** In [0, 1]. */
    readonly likeness: (a: Item, b: Item) => number;
    /** In [0, 1]. */
    readonly diversity: number;
    readonly most: number;
  },
): Item[] {
  if (diversity <= 0 || items.length <= 1) return items.slice(0, most);
  const best = Math.max(...items.map(relevance));
  const left = items.map((item) => ({ item, relevance: best > 0 ? relevance(item) / best : 0, nearest: 0 }));
  const chosen: Item[] = [];
  while (left.length > 0 && chosen.length < most) {
    let next = 0;
    let value = Number.NEGATIVE_INFINITY;
    left.forEach((each, i) => {
      const score = (1 - diversity) * each.relevance - diversity * each.nearest;
      if (score > value) {
        value = score;
        next = i;
      }
    });
    const [taken] = left.splice(next, 1) as [(typeof left)[number]];
    chosen.push(taken.item);
    for (const each of left) each.nearest = Math.max(each.nearest, likeness(each.item, taken.item));
  }
  return chosen;
}
