import {
  brierScore,
  expectedCalibrationError,
  type Forecast,
  squaredError,
} from '../../evaluate/calibration-measures.ts';
import { fitLogistic, type LogisticModel, probabilityOf } from '../../evaluate/fit-logistic.ts';
import { mean } from '../../evaluate/metrics.ts';
import { compare } from '../../evaluate/significance.ts';
import { throwIfAborted } from '../../platform/errors.ts';
import type { AppContext } from '../app-context.ts';
import { everyOther, type QuestionSet } from '../evaluate/question-set.ts';
import { search } from '../search.ts';
import type { SearchHit } from '../types.ts';
import { hitFeatures } from './hit-features.ts';
import type { CalibrateOptions, CalibrationReport } from './types.ts';

/** Of fewer, the half that judges has some twenty right hits, and a Brier score of two figures is chance. */
const MIN_QUESTIONS = 50;
/** Right hits, and wrong ones, that a fit of five numbers needs. */
const MIN_OF_EACH = 10;
const SIGNIFICANT = 0.05;
/** What people look at, and what a label is known for. */
const HITS = 10;

type LabelledHit = { readonly features: readonly number[]; readonly isRight: boolean };

/** The model is null where it is refused. */
export type Calibrated = { readonly report: CalibrationReport; readonly model: LogisticModel | null };

/**
 * Fits, on the even questions, the probability that a hit is right to what it says of itself, and judges it on the odd
 * ones: accepted when its Brier score there is better, and not by chance, than that of saying the same of every hit. A
 * hit that no label names counts as wrong. Changes nothing itself.
 */
export async function calibrate(
  context: AppContext,
  set: QuestionSet,
  options: Omit<CalibrateOptions, 'apply'> = {},
): Promise<Calibrated> {
  const labels = set.questions.length + unanswerable(set).length;
  const refused = (refusals: readonly string[], known: Partial<CalibrationReport> = {}): Calibrated => ({
    model: null,
    report: { ...nothing, set: set.name, labels, refusals, ...known },
  });
  if (labels < MIN_QUESTIONS)
    return refused([`there are ${labels} questions with labels; ${MIN_QUESTIONS} are needed`]);
  let done = 0;
  const read = async (half: QuestionSet): Promise<LabelledHit[][]> => {
    const all: LabelledHit[][] = [];
    const hitsOf = async (text: string, isRight: (hit: SearchHit) => boolean): Promise<void> => {
      throwIfAborted(options.signal);
      const result = await search(context, text, { mode: 'hybrid', limit: HITS, perDocument: 0, rerank: 'none' });
      const features = hitFeatures(result);
      all.push(result.hits.map((hit, i) => ({ features: features[i] ?? [], isRight: isRight(hit) })));
      options.onQuestion?.(++done, labels);
    };
    for (const question of half.questions) {
      await hitsOf(question.text, (hit) =>
        half.keysOf(question, hit).some((key) => (question.judgements.get(key) ?? 0) > 0),
      );
    }
    for (const { text } of unanswerable(half)) await hitsOf(text, () => false);
    return all;
  };
  const fitting = (await read(everyOther(set, 'even'))).flat();
  const right = fitting.filter(({ isRight }) => isRight).length;
  if (Math.min(right, fitting.length - right) < MIN_OF_EACH) {
    const reason = `of ${fitting.length} hits ${right} are right; at least ${MIN_OF_EACH} must be, and as many not`;
    return refused([reason]);
  }
  const model = fitLogistic(
    fitting.map(({ features }) => features),
    fitting.map(({ isRight }) => isRight),
  );
  const judged = (await read(everyOther(set, 'odd'))).filter((hits) => hits.length > 0);
  const share = right / fitting.length;
  const said = judged.map((hits) => hits.map((hit) => forecast(probabilityOf(model, hit.features), hit)));
  const base = judged.map((hits) => hits.map((hit) => forecast(share, hit)));
  const brier = brierScore(said.flat());
  const baseBrier = brierScore(base.flat());
  const errorOf = (forecasts: readonly Forecast[]): number => mean(forecasts.map(squaredError));
  const comparison = compare(said.map(errorOf), base.map(errorOf));
  const known = {
    heldOutHits: said.flat().length,
    brier,
    baseBrier,
    calibrationError: expectedCalibrationError(said.flat()),
    comparison,
  };
  if (brier >= baseBrier) {
    return refused(
      ['what hits say of themselves tells right from wrong no better than the share of right ones'],
      known,
    );
  }
  if (comparison.p >= SIGNIFICANT) {
    return refused([`the gain over the share of right hits may be chance: p = ${comparison.p.toFixed(3)}`], known);
  }
  return { model, report: { ...nothing, set: set.name, labels, ...known, accepted: true } };
}

/** Questions that nothing answers: every hit is wrong. */
const unanswerable = ({ open }: QuestionSet) => open.filter(({ gold }) => gold === null);

const forecast = (probability: number, { isRight }: LabelledHit): Forecast => ({ probability, isTrue: isRight });

const nothing = {
  heldOutHits: 0,
  brier: null,
  baseBrier: null,
  calibrationError: null,
  comparison: null,
  accepted: false,
  refusals: [],
  applied: false,
} satisfies Partial<CalibrationReport>;
