import { editText } from '../../privacy/edits.ts';
import { findBareValues } from '../../privacy/find-bare-values.ts';
import { findPii } from '../../privacy/find-pii.ts';
import { PSEUDONYM } from '../../privacy/pseudonym.ts';
import { editsFor } from '../../privacy/treat-text.ts';
import type { TreatmentPlan } from '../../privacy/types.ts';
import type { NewTurn } from '../../store/types.ts';
import { LEFT_OUT } from './left-out.ts';

export type ValueRules = {
  readonly plan: TreatmentPlan;
  /** Whether a stored document says the text, so that the database holds it anyway. */
  readonly stands: (text: string) => boolean;
};

/** A text without what the plan takes out, as far as no stored document says it. */
export function withoutFindings(text: string, { plan, stands }: ValueRules): string {
  const findings = findPii(text, plan).filter(({ span }) => !stands(text.slice(span.start, span.end)));
  return editText(text, editsFor(findings, plan)).text;
}

/** As `withoutFindings`, and without numbers and codes that no stored document says: one may have been taken out of it. */
export function withoutValues(text: string, rules: ValueRules): string {
  const treated = withoutFindings(text, rules);
  return withoutWritten(treated, bareValues(treated, rules));
}

/** A turn of a conversation as it may be kept. What its answer refers to in its text is left out where that changes. */
export function turnWithoutValues(turn: NewTurn, rules: ValueRules): NewTurn {
  const bare = [turn.question, turn.searchedFor].flatMap((text) => bareValues(withoutFindings(text, rules), rules));
  const change = (text: string): string => withoutWritten(withoutFindings(text, rules), bare);
  const text = change(turn.text);
  return {
    ...turn,
    question: change(turn.question),
    searchedFor: change(turn.searchedFor),
    text,
    answer: text === turn.text ? changeStrings(turn.answer, change) : null,
    error: changeStrings(turn.error, change),
  };
}

/** Plain JSON with all its texts changed. */
export const changeStrings = (value: unknown, change: (text: string) => string): unknown =>
  value === null || value === undefined
    ? value
    : JSON.parse(JSON.stringify(value), (_, item: unknown) => (typeof item === 'string' ? change(item) : item));

function bareValues(text: string, { stands }: ValueRules): string[] {
  const made = [...text.matchAll(PSEUDONYM)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
  return findBareValues(text)
    .filter(({ start, end }) => !made.some((span) => start < span.end && span.start < end))
    .map(({ start, end }) => text.slice(start, end))
    .filter((value) => !stands(value));
}

/** The longest first, as one may be part of another. */
const withoutWritten = (text: string, values: readonly string[]): string =>
  [...values].sort((a, b) => b.length - a.length).reduce((rest, value) => rest.replaceAll(value, LEFT_OUT), text);
