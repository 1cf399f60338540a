import type { JobStep } from '../../../store/types.ts';
import type { Condition, Operator } from './condition.ts';

type Value = number | string | boolean | null;

export type ConditionFacts = {
  /** Of every step that has ended, by name. */
  readonly ended: ReadonlyMap<string, Pick<JobStep, 'state' | 'result'>>;
  /** Whether all that the step needs went well. */
  readonly success: boolean;
};

/** Whether the condition holds. A result that is not there is equal to nothing, and neither more nor less than anything. */
export const holds = (condition: Condition, facts: ConditionFacts): boolean => isTrue(resolve(condition, facts));

function resolve(condition: Condition, facts: ConditionFacts): Value {
  switch (condition.type) {
    case 'constant':
      return condition.value;
    case 'success':
      return facts.success;
    case 'field':
      return fieldOf(facts.ended.get(condition.step), condition.field);
    case 'state': {
      const { step, is } = condition;
      if (step !== null) return facts.ended.get(step)?.state === is;
      return [...facts.ended.values()].some(({ state }) => state === is);
    }
    case 'not':
      return !holds(condition.of, facts);
    case 'both':
      return holds(condition.left, facts) && holds(condition.right, facts);
    case 'either':
      return holds(condition.left, facts) || holds(condition.right, facts);
    case 'compare':
      return compare(condition.operator, resolve(condition.left, facts), resolve(condition.right, facts));
  }
}

function fieldOf(step: Pick<JobStep, 'state' | 'result'> | undefined, field: string): Value {
  if (step === undefined) return null;
  if (field === 'state') return step.state;
  const result = (step.result ?? {}) as Record<string, unknown>;
  const value = Object.hasOwn(result, field) ? result[field] : null;
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

const isTrue = (value: Value): boolean => value !== null && value !== false && value !== 0 && value !== '';

function compare(operator: Operator, left: Value, right: Value): boolean {
  if (left === null || right === null) return operator === '!=' && left !== right;
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
  }
  if (typeof left !== typeof right || typeof left === 'boolean') return false;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}
