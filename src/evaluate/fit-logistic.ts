/** `p = 1 / (1 + exp(-(intercept + weights . features)))`. */
export type LogisticModel = { readonly intercept: number; readonly weights: readonly number[] };

const MAX_STEPS = 50;
const SETTLED = 1e-9;

/**
 * Keeps the weights finite where the labels can be told apart without a fault. Of the order of one label's say, so that it
 * changes nothing where there are many.
 */
const RIDGE = 1;
/** Where all labels are the same, nothing else holds the intercept. */
const INTERCEPT_RIDGE = 1e-6;

/** In (0, 1). */
export const probabilityOf = ({ intercept, weights }: LogisticModel, features: readonly number[]): number =>
  1 / (1 + Math.exp(-weights.reduce((sum, weight, i) => sum + weight * (features[i] as number), intercept)));

/**
 * Fits the probability of a label to features by Newton's method, with a penalty on the weights and next to none on the intercept.
 * `rows[i]` are the features of `labels[i]`, all rows of one length, best about as large as 1. Deterministic.
 * Source: Platt scaling (Platt 1999) for several features; IRLS, Hastie, Tibshirani, Friedman, 4.4.1.
 */
export function fitLogistic(rows: readonly (readonly number[])[], labels: readonly boolean[]): LogisticModel {
  const size = (rows[0]?.length ?? 0) + 1;
  let beta = new Array<number>(size).fill(0);
  for (let step = 0; step < MAX_STEPS; step++) {
    const gradient = beta.map((value, j) => -penaltyOf(j) * value);
    const hessian = beta.map((_, j) => beta.map((__, k) => (j === k ? penaltyOf(j) : 0)));
    rows.forEach((row, i) => {
      const x = [1, ...row];
      const p = probabilityOf({ intercept: beta[0] as number, weights: beta.slice(1) }, row);
      const missing = (labels[i] ? 1 : 0) - p;
      // Far from the border nothing is left of the curvature; the floor keeps the step finite.
      const curvature = Math.max(p * (1 - p), 1e-9);
      for (let j = 0; j < size; j++) {
        gradient[j] = (gradient[j] as number) + missing * (x[j] as number);
        const line = hessian[j] as number[];
        for (let k = 0; k < size; k++) line[k] = (line[k] as number) + curvature * (x[j] as number) * (x[k] as number);
      }
    });
    const move = solve(hessian, gradient);
    beta = beta.map((value, j) => value + (move[j] as number));
    if (move.every((each) => Math.abs(each) < SETTLED)) break;
  }
  return { intercept: beta[0] as number, weights: beta.slice(1) };
}

const penaltyOf = (index: number): number => (index === 0 ? INTERCEPT_RIDGE : RIDGE);

/** Gaussian elimination with pivots; the matrix is symmetric and positive definite. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length;
  const lines = matrix.map((line, i) => [...line, right[i] as number]);
  const at = (i: number, j: number): number => (lines[i] as number[])[j] as number;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++) if (Math.abs(at(i, column)) > Math.abs(at(pivot, column))) pivot = i;
    [lines[column], lines[pivot]] = [lines[pivot] as number[], lines[column] as number[]];
    for (let i = column + 1; i < size; i++) {
      const factor = at(i, column) / at(column, column);
      for (let j = column; j <= size; j++) (lines[i] as number[])[j] = at(i, j) - factor * at(column, j);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    let rest = at(i, size);
    for (let j = i + 1; j < size; j++) rest -= at(i, j) * (solution[j] as number);
    solution[i] = rest / at(i, i);
  }
  return solution;
}
