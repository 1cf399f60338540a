import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderBaseline } from '../../evaluate/baseline.ts';
import { trecRun } from '../../evaluate/trec-run.ts';
import type { EvaluationRun } from '../../evaluate/types.ts';
import type { QuestionSet } from './question-set.ts';

/** Writes `<set>.<configuration>.run` for each configuration into the folder. Returns the paths. */
export function writeRuns(folder: string, set: QuestionSet, runs: readonly EvaluationRun[]): string[] {
  mkdirSync(folder, { recursive: true });
  return runs.map(({ name, rankings }) => {
    const path = join(folder, `${set.name}.${name}.run`.replace(/[^\w.+-]+/g, '-'));
    const ranked = rankings.map((keys, i) => ({ id: set.questions[i]?.id ?? '', keys }));
    writeFileSync(path, trecRun(`ragstone-${name}`, ranked));
    return path;
  });
}

/** Writes the figures of every question, to compare a later evaluation with. */
export function writeBaseline(path: string, set: QuestionSet, runs: readonly EvaluationRun[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, renderBaseline(set.name, idsOf(set), runs));
}

export const idsOf = (set: QuestionSet): string[] => set.questions.map(({ id }) => id);
