/** One thing that may be set, and what it may be set to. */
export type Axis<Value> = { readonly name: string; readonly values: readonly Value[] };

export type Settings<Value> = Readonly<Record<string, Value>>;

export type Fit<Value> = {
  readonly best: Settings<Value>;
  readonly bestScore: number;
  readonly startScore: number;
  /** How many settings were scored. */
  readonly tried: number;
};

/** A gain below is noise of the fitting half; without a bound the result drifts from the start for nothing. */
const MIN_GAIN = 0.0005;

/** The second round sees what the first changed; a third was never of use. */
const MAX_ROUNDS = 3;

/**
 * Coordinate ascent: sets one axis after another to its best value while the others stay, until a round changes
 * nothing. Higher scores are better. Equal or hardly better values leave things as they were.
 */
export async function fitParameters<Value>(
  start: Settings<Value>,
  axes: readonly Axis<Value>[],
  score: (settings: Settings<Value>) => Promise<number>,
): Promise<Fit<Value>> {
  const known = new Map<string, number>();
  const scoreOf = async (settings: Settings<Value>): Promise<number> => {
    const key = JSON.stringify(axes.map(({ name }) => settings[name]));
    const there = known.get(key);
    if (there !== undefined) return there;
    const found = await score(settings);
    known.set(key, found);
    return found;
  };
  const startScore = await scoreOf(start);
  let best = start;
  let bestScore = startScore;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = best;
    for (const { name, values } of axes) {
      const from = best;
      for (const value of values) {
        const candidate = { ...from, [name]: value };
        const found = await scoreOf(candidate);
        if (found > bestScore + MIN_GAIN) [best, bestScore] = [candidate, found];
      }
    }
    if (best === before) break;
  }
  return { best, bestScore, startScore, tried: known.size };
}
