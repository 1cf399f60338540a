import { readFileSync, statSync } from 'node:fs';
import { messageOf, RagError } from '../platform/errors.ts';
import { type EvaluationRun, MEASURE_NAMES, type Measures } from './types.ts';

const SCHEMA = 'rag.eval-baseline/1';

/** Some 1,000 configurations of 1,000 questions each. */
const MAX_BYTES = 100_000_000;

/** Figures of an earlier evaluation, question by question, so that a later one can be compared in pairs. */
export type Baseline = {
  readonly set: string;
  readonly configurations: readonly {
    readonly name: string;
    /** Measures by the question's id. */
    readonly questions: ReadonlyMap<string, Measures>;
  }[];
};

/** Figures as they stand in the file: what is compared with them must be cut the same way. */
export const asKept = (figure: number): number => Number(figure.toFixed(5));

/** As JSON with a line for each question, so that a change of it can be read in version control. */
export function renderBaseline(set: string, ids: readonly string[], runs: readonly EvaluationRun[]): string {
  const configurations = runs.map(({ name, measures }) => {
    const lines = ids.map((id, i) => {
      const figures = MEASURE_NAMES.map((key) => asKept((measures[i] as Measures)[key]));
      return `      ${JSON.stringify(id)}: ${JSON.stringify(figures)}`;
    });
    return `    ${JSON.stringify(name)}: {\n${lines.join(',\n')}\n    }`;
  });
  return `{
  "schema": ${JSON.stringify(SCHEMA)},
  "set": ${JSON.stringify(set)},
  "measures": ${JSON.stringify(MEASURE_NAMES)},
  "configurations": {
${configurations.join(',\n')}
  }
}
`;
}

/** Throws NOT_FOUND when the file is not there, USAGE when it is no baseline. */
export function readBaseline(path: string): Baseline {
  let value: unknown;
  try {
    // /dev/zero is no file, and has no end.
    if (!statSync(path).isFile()) throw new Error('it is no file');
    if (statSync(path).size > MAX_BYTES) throw new Error('it is larger than any');
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new RagError('NOT_FOUND', {
        message: `There is no baseline ${path}.`,
        hint: 'Make it with --save-baseline.',
      });
    throw noBaseline(path, messageOf(error));
  }
  if (!isRecord(value) || value.schema !== SCHEMA) throw noBaseline(path, `its schema is not ${SCHEMA}`);
  const { measures: names, configurations, set } = value;
  if (!Array.isArray(names) || !isRecord(configurations)) throw noBaseline(path, 'it has no figures');
  return {
    set: String(set),
    configurations: Object.entries(configurations).map(([name, questions]) => ({
      name,
      questions: new Map(
        Object.entries(isRecord(questions) ? questions : {}).map(([id, figures]) => [
          id,
          measuresOf(names, figures, path),
        ]),
      ),
    })),
  };
}

/** By name: a later version may know more measures, and those that a file lacks count as 0 in both. */
function measuresOf(names: readonly unknown[], figures: unknown, path: string): Measures {
  if (!Array.isArray(figures) || figures.some((figure) => typeof figure !== 'number'))
    throw noBaseline(path, 'a question has no figures');
  return Object.fromEntries(
    MEASURE_NAMES.map((name) => [name, (figures[names.indexOf(name)] as number | undefined) ?? 0]),
  ) as Measures;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const noBaseline = (path: string, what: string): RagError =>
  new RagError('USAGE', { message: `${path} is no baseline: ${what}.`, hint: 'Make one with --save-baseline.' });
