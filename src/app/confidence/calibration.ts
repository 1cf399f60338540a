import type { EmbeddingSpace } from '../../domain/search.ts';
import type { LogisticModel } from '../../evaluate/fit-logistic.ts';
import { sha256Hex } from '../../platform/hash.ts';
import { programVersion } from '../../platform/version.ts';
import type { Store } from '../../store/types.ts';
import { effectiveValues } from '../evaluate/configuration.ts';
import { FEATURES } from './hit-features.ts';

/** What is kept in the database: the fit, and what it was fitted to. */
export type Calibration = LogisticModel & {
  /** Of all that scores come from; where it differs, the fit says nothing. */
  readonly basis: string;
  readonly space: EmbeddingSpace | null;
  readonly labels: number;
  readonly brier: number;
  readonly baseBrier: number;
  readonly calibrationError: number;
  /** ISO 8601. */
  readonly fittedAt: string;
};

/** Equal as long as a score means the same: the program, the model of the vectors, and the parameters of searches. */
export const basisOf = (store: Pick<Store, 'space' | 'tuning'>): string =>
  sha256Hex(JSON.stringify([programVersion(), FEATURES, store.space(), effectiveValues(store.tuning())])).slice(0, 32);

/** What stands in the database, if it is a calibration and scores still mean what they meant then; else null. */
export function validCalibration(store: Pick<Store, 'space' | 'tuning' | 'calibration'>): Calibration | null {
  const value = store.calibration() as Partial<Calibration> | null;
  if (typeof value !== 'object' || value === null) return null;
  const { intercept, weights, basis } = value;
  const isFit =
    Number.isFinite(intercept) &&
    Array.isArray(weights) &&
    weights.length === FEATURES.length &&
    weights.every((weight) => Number.isFinite(weight));
  return isFit && basis === basisOf(store) ? (value as Calibration) : null;
}
