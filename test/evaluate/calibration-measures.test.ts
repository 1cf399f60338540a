import { expect, test } from 'vitest';
import { brierScore, expectedCalibrationError } from '../../src/evaluate/calibration-measures.ts';

const said = (...pairs: [number, boolean][]) => pairs.map(([probability, isTrue]) => ({ probability, isTrue }));

test('the Brier score is the mean of squared errors', () => {
  expect(brierScore(said([1, true], [0, false]))).toBe(0);
  expect(brierScore(said([0.8, true], [0.4, false]))).toBeCloseTo((0.04 + 0.16) / 2, 12);
  expect(brierScore([])).toBe(0);
});

test('the calibration error is 0 for what comes as often as it is said', () => {
  expect(expectedCalibrationError(said([0.5, true], [0.5, false]))).toBe(0);
  // Two bins: .9 said and half of them so; .1 said and none so; weighted by 2 and 1 of 3.
  expect(expectedCalibrationError(said([0.9, true], [0.9, false], [0.1, false]))).toBeCloseTo((2 * 0.4 + 0.1) / 3, 12);
  expect(expectedCalibrationError(said([1, false]))).toBe(1);
  expect(expectedCalibrationError([])).toBe(0);
});
