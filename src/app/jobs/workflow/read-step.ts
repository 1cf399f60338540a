import { parseDuration } from '../../../config/duration.ts';
import { messageOf } from '../../../platform/errors.ts';
import { nearestName } from '../../../platform/nearest-name.ts';
import { type Condition, namesIn, parseCondition } from './condition.ts';
import { STEP_KINDS } from './step-kinds.ts';
import type { StepReader, WorkflowStep } from './types.ts';
import type { WorkflowLines } from './workflow-lines.ts';

type ReadStepOptions = {
  /** From 0, in the order of the file. */
  readonly index: number;
  readonly lines: WorkflowLines;
  readonly fail: (line: number, what: string, hint?: string) => never;
};

const MAX_RETRIES = 20;
const MAX_DURATION_MS = 7 * 86_400_000;
const MAX_WORDS = 1000;

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** One `[[steps]]`, checked as far as that goes without the others. */
export function readStep(table: Record<string, unknown>, { index, lines, fail }: ReadStepOptions): WorkflowStep {
  const line = lines.ofStep(index);
  const lineOf = (key: string): number => lines.ofStepKey(index, key);
  const seen = new Set<string>();
  const take = (key: string): unknown => {
    seen.add(key);
    return table[key];
  };
  const reader: StepReader = {
    text(key) {
      const value = take(key);
      return value === undefined || typeof value === 'string' ? value : reader.refuse(key, 'must be text in quotes');
    },
    texts(key) {
      const value = take(key);
      if (value === undefined) return undefined;
      const isList =
        Array.isArray(value) && value.length <= MAX_WORDS && value.every((word) => typeof word === 'string');
      return isList ? value : reader.refuse(key, 'must be a list of texts in quotes, such as ["a", "b"]');
    },
    flag(key) {
      const value = take(key);
      return value === undefined || typeof value === 'boolean' ? value : reader.refuse(key, 'must be true or false');
    },
    required: (key, value) => value ?? fail(line, `the step has no ${key}`),
    refuse: (key, what) => fail(lineOf(key), `${key} ${what}`),
  };
  const durationOf = (key: string, value: unknown): number => {
    const ms = typeof value === 'string' ? hoursOf(value) : null;
    if (ms === null || ms > MAX_DURATION_MS) return reader.refuse(key, 'must be a time such as "30s", "10m" or "2h"');
    return ms;
  };

  const name = reader.required('name', reader.text('name'));
  if (!/^[A-Za-z_][\w-]{0,63}$/.test(name)) reader.refuse('name', 'must be letters, digits, - and _, from a letter on');
  const kindName = reader.required('kind', reader.text('kind'));
  const kind = STEP_KINDS.find((each) => each.name === kindName);
  if (!kind) {
    const names = STEP_KINDS.map((each) => each.name);
    const nearest = nearestName(kindName, names);
    return fail(
      lineOf('kind'),
      `"${kindName}" is no kind of step`,
      nearest ? `Did you mean "${nearest}"?` : `There are ${names.join(', ')}.`,
    );
  }
  const needs = reader.texts('needs') ?? [];
  const when = conditionOf(reader);
  const timeout = take('timeout');
  const step: WorkflowStep = {
    name,
    kind,
    given: kind.read(reader),
    needs,
    after: [...new Set([...needs, ...(when ? namesIn(when.condition).map((named) => named.step) : [])])],
    when,
    retry: retryOf(take('retry')),
    timeoutMs: timeout === undefined ? null : durationOf('timeout', timeout),
    continues: reader.flag('continue') ?? false,
    line,
  };
  for (const key of Object.keys(table)) {
    if (seen.has(key)) continue;
    const nearest = nearestName(key, [...seen]);
    fail(
      lineOf(key),
      `a step of kind ${kind.name} has no "${key}"`,
      nearest ? `Did you mean "${nearest}"?` : undefined,
    );
  }
  return step;

  function retryOf(value: unknown): WorkflowStep['retry'] {
    if (value === undefined) return { times: 0, delayMs: 0 };
    if (!isTable(value)) return reader.refuse('retry', 'must be such as { times = 2, delay = "30s" }');
    const { times = 1, delay = '10s', ...unknown } = value;
    const [other] = Object.keys(unknown);
    if (other !== undefined) reader.refuse('retry', `has no "${other}"; it has times and delay`);
    const isCount = typeof times === 'number' && Number.isInteger(times) && times >= 0 && times <= MAX_RETRIES;
    if (!isCount) return reader.refuse('retry', `must have times from 0 to ${MAX_RETRIES}`);
    return { times, delayMs: durationOf('retry', delay) };
  }
}

function conditionOf(reader: StepReader): { readonly text: string; readonly condition: Condition } | null {
  const text = reader.text('when');
  if (text === undefined) return null;
  try {
    return { text, condition: parseCondition(text) };
  } catch (error) {
    return reader.refuse('when', messageOf(error));
  }
}

/** As `parseDuration`, and hours. */
function hoursOf(text: string): number | null {
  const hours = /^(\d{1,4}(?:\.\d{1,6})?)\s*h$/i.exec(text.trim())?.[1];
  return hours === undefined ? parseDuration(text) : Math.ceil(Number(hours) * 3_600_000);
}
