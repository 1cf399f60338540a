type Named = { readonly name: string; readonly after: readonly string[] };

/**
 * The steps in an order in which each stands behind those that it comes after; as they are given, where that allows. When
 * some wait for each other, those of one such circle, in its order.
 */
export function orderSteps<Step extends Named>(
  steps: readonly Step[],
): { readonly order: readonly Step[] } | { readonly circle: readonly string[] } {
  const order: Step[] = [];
  const placed = new Set<string>();
  const waiting = [...steps];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ after }) => after.every((name) => placed.has(name)));
    if (at === -1) return { circle: circleOf(waiting) };
    const [step] = waiting.splice(at, 1) as [Step];
    order.push(step);
    placed.add(step.name);
  }
  return { order };
}

/** Every step that is left waits for another one of them, so following that comes back to where it was. */
function circleOf(waiting: readonly Named[]): readonly string[] {
  const byName = new Map(waiting.map((step) => [step.name, step]));
  const path: string[] = [];
  let name = waiting[0]?.name as string;
  while (!path.includes(name)) {
    path.push(name);
    name = byName.get(name)?.after.find((each) => byName.has(each)) as string;
  }
  return [...path.slice(path.indexOf(name)), name];
}
