import { asKept, type Baseline, readBaseline } from '../../evaluate/baseline.ts';
import { valuesOf } from '../../evaluate/measure.ts';
import { mean } from '../../evaluate/metrics.ts';
import { compare, holm } from '../../evaluate/significance.ts';
import type { EvaluationRun, Measures } from '../../evaluate/types.ts';
import { RagError } from '../../platform/errors.ts';
import { PRIMARY_MEASURES } from './evaluate.ts';
import type { BaselineCheck } from './types.ts';

/** A drop of more is one whatever the test says: few questions hide large changes. */
const MAX_DROP = 0.02;

const SIGNIFICANT = 0.05;

/**
 * Compares configurations with those of the same name in the file, over the questions that both have. Dropped: lower by
 * more than 2 points, or lower with p < .05 after correction for the number of checks.
 * Throws USAGE when nothing can be compared.
 */
export function checkBaseline(path: string, ids: readonly string[], runs: readonly EvaluationRun[]): BaselineCheck {
  const baseline = readBaseline(path);
  const notes: string[] = [];
  const found = runs.flatMap((run) => {
    const pairs = pairsOf(baseline, run, ids);
    if (pairs.length === 0) {
      notes.push(`The baseline has nothing to compare "${run.name}" with.`);
      return [];
    }
    if (pairs.length < ids.length)
      notes.push(`"${run.name}" is compared over ${pairs.length} of ${ids.length} questions.`);
    return PRIMARY_MEASURES.map((measure) => {
      const now = valuesOf(
        pairs.map(({ now }) => now),
        measure,
      ).map(asKept);
      const before = valuesOf(
        pairs.map(({ before }) => before),
        measure,
      );
      return {
        name: run.name,
        measure,
        questions: pairs.length,
        now: mean(now),
        before: mean(before),
        ...compare(now, before),
      };
    });
  });
  if (found.length === 0) {
    throw new RagError('USAGE', {
      message: `${path} has no configuration and question of this evaluation; it is of the set "${baseline.set}".`,
      hint: 'Name the same questions and configurations as when it was saved, or save it anew.',
    });
  }
  const corrected = holm(found.map(({ p }) => p));
  const checks = found.map((check, i) => ({
    ...check,
    against: 'baseline',
    pHolm: corrected[i] as number,
    dropped: check.difference < -MAX_DROP || (check.difference < 0 && (corrected[i] as number) < SIGNIFICANT),
  }));
  return { path, passed: checks.every(({ dropped }) => !dropped), checks, notes };
}

function pairsOf(
  baseline: Baseline,
  run: EvaluationRun,
  ids: readonly string[],
): { now: Measures; before: Measures }[] {
  const there = baseline.configurations.find(({ name }) => name === run.name);
  return ids.flatMap((id, i) => {
    const before = there?.questions.get(id);
    return before ? [{ before, now: run.measures[i] as Measures }] : [];
  });
}

/** Throws as reading it does: before hours of questions, not after them. */
export const requireBaseline = (path: string): void => void readBaseline(path);
