import { findPii } from '../../../src/privacy/find-pii.ts';
import type { Sample } from './samples.ts';

export type Score = { truths: number; found: number; right: number; findings: number };

export type Scored = {
  readonly byKind: ReadonlyMap<string, Score>;
  /** Recall by rule, or by the way in which values are hidden. */
  readonly byWhat: ReadonlyMap<string, Score>;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
};

/** A value counts as found when findings of its kind cover all of it; a finding is right when it is of such a value. */
export function scoreSamples(samples: readonly Sample[]): Scored {
  const byKind = new Map<string, Score>();
  const byWhat = new Map<string, Score>();
  const missed: string[] = [];
  const wrong: string[] = [];
  const of = (map: Map<string, Score>, name: string): Score => {
    const score = map.get(name) ?? { truths: 0, found: 0, right: 0, findings: 0 };
    map.set(name, score);
    return score;
  };
  for (const { what, text, truths } of samples) {
    const findings = findPii(text);
    for (const truth of truths) {
      const isFound = findings.some(
        ({ kind, span }) => kind === truth.kind && span.start <= truth.start && span.end >= truth.end,
      );
      for (const score of [of(byKind, truth.kind), of(byWhat, what)]) {
        score.truths++;
        if (isFound) score.found++;
      }
      if (!isFound) missed.push(`${truth.rule} (${what}): ${JSON.stringify(text)}`);
    }
    for (const { kind, rule, span } of findings) {
      const isRight = truths.some((truth) => truth.kind === kind && span.start < truth.end && span.end > truth.start);
      const score = of(byKind, kind);
      score.findings++;
      if (isRight) score.right++;
      else wrong.push(`${rule} ${JSON.stringify(text.slice(span.start, span.end))} (${what}): ${JSON.stringify(text)}`);
    }
  }
  return { byKind, byWhat, missed, wrong };
}
