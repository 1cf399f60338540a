import type { AppContext } from '../app-context.ts';
import type { QuestionSet } from '../evaluate/question-set.ts';
import { calibrate } from './calibrate.ts';
import { basisOf, type Calibration } from './calibration.ts';
import type { CalibrateOptions, CalibrationReport } from './types.ts';

/** Calibrates, and keeps what was accepted where that is asked for. Throws DB_READ_ONLY, ABORTED. */
export async function applyCalibration(
  context: AppContext,
  set: QuestionSet,
  { apply, ...options }: CalibrateOptions = {},
): Promise<CalibrationReport> {
  const { store, runtime } = context;
  const basis = basisOf(store);
  const { report, model } = await calibrate(context, set, options);
  const { brier, baseBrier, calibrationError, labels } = report;
  if (!apply || !model || brier === null || baseBrier === null || calibrationError === null) return report;
  const calibration: Calibration = {
    ...model,
    basis,
    space: store.space(),
    labels,
    brier,
    baseBrier,
    calibrationError,
    fittedAt: new Date(runtime.clock.now()).toISOString(),
  };
  store.record((recorder) => recorder.putCalibration(calibration));
  return { ...report, applied: true };
}
