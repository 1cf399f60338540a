import { expect, test } from 'vitest';
import { fitLogistic, probabilityOf } from '../../src/evaluate/fit-logistic.ts';
import { createRandom } from '../../src/evaluate/random.ts';

test('without features it is the share of the labels', () => {
  const model = fitLogistic([[], [], [], []], [true, false, false, false]);
  expect(model.weights).toEqual([]);
  expect(probabilityOf(model, [])).toBeCloseTo(0.25, 6);
});

test('where the gradient is 0: the sum of errors, and of errors times a feature less its penalty', () => {
  const rows = [[0], [1], [2], [3], [4], [5]];
  const labels = [false, false, true, false, true, true];
  const model = fitLogistic(rows, labels);
  const errors = rows.map((row, i) => (labels[i] ? 1 : 0) - probabilityOf(model, row));
  expect(errors.reduce((sum, error) => sum + error, 0)).toBeCloseTo(0, 5);
  expect(errors.reduce((sum, error, i) => sum + error * (rows[i]?.[0] ?? 0), 0)).toBeCloseTo(model.weights[0] ?? 0, 6);
});

test('finds the weights that made the labels', () => {
  const random = createRandom(5);
  const truth = { intercept: -1, weights: [3, -2] };
  const rows = Array.from({ length: 20_000 }, () => [random(), random()]);
  const model = fitLogistic(
    rows,
    rows.map((row) => random() < probabilityOf(truth, row)),
  );
  expect(model.intercept).toBeCloseTo(-1, 0);
  expect(model.weights[0]).toBeCloseTo(3, 0);
  expect(model.weights[1]).toBeCloseTo(-2, 0);
});

test('labels that are told apart without a fault, all the same, or by equal features give finite weights', () => {
  const cases: [number[][], boolean[]][] = [
    [
      [[0], [0.1], [0.9], [1]],
      [false, false, true, true],
    ],
    [
      [[0], [1]],
      [true, true],
    ],
    [
      [
        [1, 1],
        [1, 1],
        [0, 0],
        [0, 0],
      ],
      [true, false, false, false],
    ],
    [[], []],
  ];
  for (const [rows, labels] of cases) {
    const { intercept, weights } = fitLogistic(rows, labels);
    for (const value of [intercept, ...weights]) expect(Number.isFinite(value)).toBe(true);
  }
});
