import { type Axis, fitParameters, type Settings } from '../../evaluate/fit-parameters.ts';
import { valuesOf } from '../../evaluate/measure.ts';
import { mean } from '../../evaluate/metrics.ts';
import { compare } from '../../evaluate/significance.ts';
import type { KnowledgeBase } from '../types.ts';
import {
  type Configuration,
  effectiveValues,
  type ParameterValue,
  parameterLeaves,
  parametersOf,
} from './configuration.ts';
import { everyOther, type QuestionSet } from './question-set.ts';
import { runConfiguration } from './run-configuration.ts';
import type { TuneJudgement, TuneReport } from './types.ts';

/** What may be tuned, with the values that are tried. Those that a version does not have are passed over. */
const AXES: readonly Axis<ParameterValue>[] = [
  { name: 'fusion', values: ['sum', 'min-max', 'rrf'] },
  { name: 'vectorWeight', values: [0, 0.25, 0.5, 0.75, 1, 1.5, 2] },
  // The last: the length of the question makes no difference.
  { name: 'clearTerms', values: [2, 4, 8, 100_000] },
  { name: 'coverageWeight', values: [0, 0.15, 0.3, 0.5] },
  { name: 'proximityWeight', values: [0, 0.1, 0.2, 0.4] },
  { name: 'columnWeights.title', values: [1, 2, 3, 5, 8] },
  { name: 'columnWeights.headings', values: [1, 2, 4] },
  { name: 'graphWeight', values: [0, 1, 2, 4] },
];

/** Fewer on the half that judges cannot tell a gain from chance. */
const MIN_HELD_OUT = 15;

const SIGNIFICANT = 0.05;

/** What a control may lose. */
const MAX_CONTROL_LOSS = 0.01;

export type Control = { readonly knowledgeBase: KnowledgeBase; readonly set: QuestionSet };

export type TuneOptions = {
  /** What was tuned before, by parameter. */
  readonly current: Readonly<Record<string, unknown>>;
  /** Questions that must not be answered worse. */
  readonly controls: readonly Control[];
  readonly signal?: AbortSignal;
  /** Settings that were tried so far. */
  readonly onTry?: (tried: number, about: number) => void;
};

/**
 * Fits fusion and column weights on the even questions, and judges them on the odd ones: accepted only with a
 * significant gain there (nDCG@10, p < .05) and without a loss on any control (more than a point, or significant).
 * Says why where it refuses. Changes nothing itself.
 */
export async function tune(
  knowledgeBase: KnowledgeBase,
  set: QuestionSet,
  { current, controls, signal, onTry }: TuneOptions,
): Promise<TuneReport> {
  const axes = AXES.filter(({ name }) => parameterLeaves.some(({ key }) => key === name));
  const start = effectiveValues(current);
  const scoresOf = async (where: Control, settings: Settings<ParameterValue>): Promise<number[]> => {
    const configuration: Configuration = { name: 'tune', mode: 'hybrid', parameters: parametersOf(settings) };
    const run = await runConfiguration(where.knowledgeBase, where.set, configuration, { rankingOnly: true, signal });
    return valuesOf(run.measures, 'ndcg10');
  };
  const judge = async (where: Control, settings: Settings<ParameterValue>): Promise<TuneJudgement> => {
    const [before, after] = [await scoresOf(where, start), await scoresOf(where, settings)];
    return {
      set: where.set.name,
      questions: before.length,
      before: mean(before),
      after: mean(after),
      ...compare(after, before),
    };
  };

  const fitting = { knowledgeBase, set: everyOther(set, 'even') };
  const heldOut = { knowledgeBase, set: everyOther(set, 'odd') };
  const about = 1 + axes.reduce((sum, { values }) => sum + values.length - 1, 0);
  const base = { set: set.name, fittedOn: fitting.set.questions.length, applied: false };
  if (heldOut.set.questions.length < MIN_HELD_OUT) {
    const reason = `only ${heldOut.set.questions.length} questions are left to judge by; ${MIN_HELD_OUT} are needed, ${2 * MIN_HELD_OUT} in all`;
    return {
      ...base,
      tried: 0,
      changes: [],
      fit: null,
      heldOut: null,
      controls: [],
      accepted: false,
      refusals: [reason],
    };
  }
  let tried = 0;
  const {
    best,
    bestScore,
    startScore,
    tried: total,
  } = await fitParameters(start, axes, async (settings) => {
    const score = mean(await scoresOf(fitting, settings));
    tried++;
    onTry?.(tried, Math.max(about, tried));
    return score;
  });
  const changes = axes
    .filter(({ name }) => best[name] !== start[name])
    .map(({ name }) => ({ key: name, from: start[name] as ParameterValue, to: best[name] as ParameterValue }));
  const fit = { before: startScore, after: bestScore };
  if (changes.length === 0) {
    const reason = 'no setting that was tried is better on the questions to fit on';
    return { ...base, tried: total, changes, fit, heldOut: null, controls: [], accepted: false, refusals: [reason] };
  }
  const judged = await judge(heldOut, best);
  const controlled: TuneJudgement[] = [];
  for (const control of controls) controlled.push(await judge(control, best));
  const refusals = [...refusalOf(judged), ...controlled.flatMap(lossOf)];
  return {
    ...base,
    tried: total,
    changes,
    fit,
    heldOut: judged,
    controls: controlled,
    accepted: refusals.length === 0,
    refusals,
  };
}

function refusalOf({ difference, p }: TuneJudgement): string[] {
  if (difference <= 0) return [`the held-out questions are answered no better (${inPoints(difference)})`];
  return p < SIGNIFICANT
    ? []
    : [`the gain on the held-out questions (${inPoints(difference)}) may be chance: p = ${p.toFixed(3)}`];
}

const lossOf = ({ set, difference, p }: TuneJudgement): string[] =>
  difference < -MAX_CONTROL_LOSS || (difference < 0 && p < SIGNIFICANT)
    ? [`the control ${set} loses ${inPoints(-difference)}`]
    : [];

const inPoints = (difference: number): string => `${(difference * 100).toFixed(1)} points of nDCG@10`;
