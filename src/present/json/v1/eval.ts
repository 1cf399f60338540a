import type { EvaluationComparison, EvaluationReport, TuneJudgement, TuneReport } from '../../../app/evaluate/types.ts';

const comparisonToJson = (comparison: EvaluationComparison) => ({
  name: comparison.name,
  against: comparison.against,
  measure: comparison.measure,
  difference: comparison.difference,
  interval: comparison.interval,
  p: comparison.p,
  pHolm: comparison.pHolm,
  wins: comparison.wins,
  losses: comparison.losses,
  ties: comparison.ties,
});

/** Data of `rag.eval/1`. Measures are in [0, 1]; `parameters` holds what differs from the defaults. */
export const evaluationToJson = ({ set, configurations, comparisons, baseline }: EvaluationReport) => ({
  set,
  configurations: configurations.map(
    ({ name, mode, parameters, window, expandSections, measures, latencyMs, kinds }) => ({
      name,
      mode,
      parameters,
      window,
      expandSections,
      measures,
      latencyMs,
      kinds,
    }),
  ),
  comparisons: comparisons.map(comparisonToJson),
  baseline: baseline && {
    path: baseline.path,
    passed: baseline.passed,
    notes: baseline.notes,
    checks: baseline.checks.map((check) => ({
      ...comparisonToJson(check),
      before: check.before,
      now: check.now,
      questions: check.questions,
      dropped: check.dropped,
    })),
  },
});

const judgementToJson = ({
  set,
  questions,
  before,
  after,
  difference,
  interval,
  p,
  wins,
  losses,
  ties,
}: TuneJudgement) => ({
  set,
  questions,
  before,
  after,
  difference,
  interval,
  p,
  wins,
  losses,
  ties,
});

/** Data of `rag.tune/1`. Figures are nDCG@10. */
export const tuneToJson = ({ heldOut, controls, ...report }: TuneReport) => ({
  set: report.set,
  fittedOn: report.fittedOn,
  tried: report.tried,
  fit: report.fit,
  changes: report.changes,
  heldOut: heldOut && judgementToJson(heldOut),
  controls: controls.map(judgementToJson),
  accepted: report.accepted,
  refusals: report.refusals,
  applied: report.applied,
});
