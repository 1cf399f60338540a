import { mean } from './metrics.ts';
import { createRandom } from './random.ts';
import type { Comparison } from './types.ts';

/** Enough to tell p = .01 from p = .012; what the field uses. */
const ROUNDS = 10_000;

/** Any fixed number: the same figures give the same p-value on every machine. */
const SEED = 20_260_301;

/** Differences below this are rounding, not wins. */
const TIE = 1e-9;

/**
 * Two configurations over the same questions, `values[i]` and `base[i]` being those of question i.
 * Throws RangeError when the lists differ in length.
 */
export function compare(values: readonly number[], base: readonly number[], rounds = ROUNDS): Comparison {
  if (values.length !== base.length) throw new RangeError(`${values.length} values against ${base.length}.`);
  const differences = values.map((value, i) => value - (base[i] as number));
  return {
    difference: mean(differences),
    interval: bootstrapInterval(differences, rounds),
    p: randomizationTest(differences, rounds),
    wins: differences.filter((difference) => difference > TIE).length,
    losses: differences.filter((difference) => difference < -TIE).length,
    ties: differences.filter((difference) => Math.abs(difference) <= TIE).length,
  };
}

/**
 * Two-sided p-value of the paired differences: the share of random sign flips whose mean is as far from 0 as the one
 * that was seen, the seen one counted with them, so it is never 0. 1 where there is no difference at all.
 * Source: Fisher's paired randomisation test, as Smucker, Allan, Carterette, CIKM 2007, recommend it.
 */
export function randomizationTest(differences: readonly number[], rounds = ROUNDS, seed = SEED): number {
  const moving = differences.filter((difference) => Math.abs(difference) > TIE);
  if (moving.length === 0) return 1;
  const seen = Math.abs(moving.reduce((sum, each) => sum + each, 0));
  const random = createRandom(seed);
  let asFar = 0;
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (const difference of moving) sum += random() < 0.5 ? difference : -difference;
    if (Math.abs(sum) >= seen - TIE) asFar++;
  }
  return (asFar + 1) / (rounds + 1);
}

/** 95 % percentile bootstrap interval of the mean. [0, 0] for no values. */
export function bootstrapInterval(
  values: readonly number[],
  rounds = ROUNDS,
  seed = SEED,
): readonly [low: number, high: number] {
  if (values.length === 0) return [0, 0];
  const random = createRandom(seed);
  const means = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)] as number;
    means[round] = sum / values.length;
  }
  means.sort();
  return [means[Math.floor(rounds * 0.025)] as number, means[Math.ceil(rounds * 0.975) - 1] as number];
}

/**
 * p-values corrected for their number, in the order given: the smallest times n, the next times n - 1, and so on, never
 * below the one before, at most 1. Source: Holm 1979.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const corrected = new Array<number>(pValues.length);
  let floor = 0;
  order.forEach(({ p, index }, i) => {
    floor = Math.max(floor, Math.min(1, p * (pValues.length - i)));
    corrected[index] = floor;
  });
  return corrected;
}
