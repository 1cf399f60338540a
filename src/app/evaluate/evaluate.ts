import { meanMeasures, valuesOf } from '../../evaluate/measure.ts';
import { percentile } from '../../evaluate/metrics.ts';
import { compare, holm } from '../../evaluate/significance.ts';
import type { EvaluationRun, MeasureName, Measures } from '../../evaluate/types.ts';
import type { KnowledgeBase } from '../types.ts';
import type { Configuration } from './configuration.ts';
import { type QuestionSet, requireJudged } from './question-set.ts';
import { runConfiguration } from './run-configuration.ts';
import type { ConfigurationReport, EvaluationComparison, EvaluationReport } from './types.ts';

/** What configurations are compared by, and what a change for the worse is judged by. */
export const PRIMARY_MEASURES = ['ndcg10', 'recall5'] as const satisfies readonly MeasureName[];

export type EvaluateOptions = {
  readonly signal?: AbortSignal;
  readonly onQuestion?: (done: number, total: number, configuration: string) => void;
};

export type Evaluation = { readonly report: EvaluationReport; readonly runs: readonly EvaluationRun[] };

/**
 * Asks all questions in every configuration, and compares each with the first. Needs at least one configuration. Throws
 * NOT_FOUND when no question can be judged by what is found.
 */
export async function evaluate(
  knowledgeBase: KnowledgeBase,
  set: QuestionSet,
  configurations: readonly Configuration[],
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  requireJudged(set);
  const total = configurations.length * set.questions.length;
  const runs: EvaluationRun[] = [];
  for (const [i, configuration] of configurations.entries()) {
    runs.push(
      await runConfiguration(knowledgeBase, set, configuration, {
        latency: true,
        signal: options.signal,
        onQuestion: (done) => options.onQuestion?.(i * set.questions.length + done, total, configuration.name),
      }),
    );
  }
  const { documents, chunks } = knowledgeBase.status();
  return {
    runs,
    report: {
      set: { name: set.name, documents, passages: chunks, questions: set.questions.length, skipped: set.skipped },
      configurations: configurations.map((configuration, i) => reportOf(set, configuration, runs[i] as EvaluationRun)),
      comparisons: compareWithFirst(runs),
      baseline: null,
    },
  };
}

function reportOf(set: QuestionSet, configuration: Configuration, run: EvaluationRun): ConfigurationReport {
  const byKind = new Map<string, Measures[]>();
  set.questions.forEach(({ kind }, i) => {
    if (kind === null) return;
    const there = byKind.get(kind);
    if (there) there.push(run.measures[i] as Measures);
    else byKind.set(kind, [run.measures[i] as Measures]);
  });
  return {
    ...configuration,
    measures: meanMeasures(run.measures),
    latencyMs: { p50: percentile(0.5, run.latenciesMs), p95: percentile(0.95, run.latenciesMs) },
    kinds: [...byKind].map(([kind, all]) => ({ kind, questions: all.length, measures: meanMeasures(all) })),
  };
}

/** p-values are corrected for the number of configurations, separately for each measure. */
export function compareWithFirst([base, ...others]: readonly EvaluationRun[]): EvaluationComparison[] {
  if (!base) return [];
  return PRIMARY_MEASURES.flatMap((measure) => {
    const found = others.map((run) => compare(valuesOf(run.measures, measure), valuesOf(base.measures, measure)));
    const corrected = holm(found.map(({ p }) => p));
    return found.map((comparison, i) => ({
      ...comparison,
      name: (others[i] as EvaluationRun).name,
      against: base.name,
      measure,
      pHolm: corrected[i] as number,
    }));
  });
}
