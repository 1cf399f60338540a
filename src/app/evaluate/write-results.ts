import { accessSync, closeSync, constants, existsSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderBaseline } from '../../evaluate/baseline.ts';
import { trecRun } from '../../evaluate/trec-run.ts';
import type { EvaluationRun } from '../../evaluate/types.ts';
import { messageOf, RagError } from '../../platform/errors.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import type { QuestionSet } from './question-set.ts';

/** Makes the folder that something will be written to. Throws USAGE now, not when an evaluation has run for an hour. */
export function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new RagError('USAGE', { message: `${folder} cannot be written to: ${messageOf(error)}.`, cause: error });
  }
}

/** As `prepareFolder`, for a file in it. A file that was not there is not left behind. */
export function prepareFile(path: string): void {
  prepareFolder(dirname(path));
  if (existsSync(path) && statSync(path).isDirectory())
    throw new RagError('USAGE', { message: `${path} is a folder.`, hint: 'Name a file.' });
  try {
    const isNew = !existsSync(path);
    closeSync(openSync(path, 'a'));
    if (isNew) rmSync(path);
  } catch (error) {
    throw new RagError('USAGE', { message: `${path} cannot be written: ${messageOf(error)}.`, cause: error });
  }
}

/** Writes `<set>.<configuration>.run` for each configuration into the folder. Returns the paths. */
export function writeRuns(folder: string, set: QuestionSet, runs: readonly EvaluationRun[]): string[] {
  prepareFolder(folder);
  return runs.map(({ name, rankings }) => {
    const path = join(folder, `${set.name}.${name}.run`.replace(/[^\w.+-]+/g, '-'));
    const ranked = rankings.map((keys, i) => ({ id: set.questions[i]?.id ?? '', keys }));
    writeFileSync(path, trecRun(`ragstone-${name}`, ranked));
    return path;
  });
}

/** Writes the figures of every question, to compare a later evaluation with. */
export function writeBaseline(path: string, set: QuestionSet, runs: readonly EvaluationRun[]): void {
  prepareFile(path);
  writeFileSync(path, renderBaseline(set.name, idsOf(set), runs));
}

export const idsOf = (set: QuestionSet): string[] => set.questions.map(({ id }) => id);
