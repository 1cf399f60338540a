import type { Hit } from '../../domain/search.ts';
import type { Span } from '../../domain/span.ts';
import { withoutMarkup } from '../../domain/without-markup.ts';
import { passageUnits } from '../passage-units.ts';
import { indexTerms, type TermIndex, termsOf } from '../text-terms.ts';
import type { DateFact, Fact, NumberFact } from './facts.ts';
import { readFacts } from './read-facts.ts';
import { type ReadText, readText } from './tokens.ts';

/** One or two sentences of a passage that stand beside each other. */
export type Window = {
  readonly span: Span;
  /** One sentence. */
  readonly isSingle: boolean;
  readonly read: () => ReadText;
  /** Of the sentences with what stands around them. */
  readonly index: () => TermIndex;
};

/** A passage, opened for comparing sentences with it. */
export type Evidence = {
  readonly index: TermIndex;
  readonly numbers: readonly NumberFact[];
  readonly dates: readonly DateFact[];
  /** Years that stand anywhere in the passage or its title. */
  readonly years: ReadonlySet<number>;
  /** Stems of the words of names, as far as a capital within a sentence shows them. */
  readonly names: ReadonlySet<string>;
  /** Folded text without spaces and marks, for identifiers. */
  readonly compact: string;
  readonly windows: readonly Window[];
};

/** Longer passages are compared up to here. */
const MAX_UNITS = 120;
const SCALED: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };

export function openEvidence(hit: Hit, documentText: string | null): Evidence {
  const around = [hit.document.title, ...hit.chunk.headingPath].join('\n');
  const whole = `${around}\n${hit.chunk.text}`;
  const units = passageUnits(hit, documentText).slice(0, MAX_UNITS);
  const facts = [
    ...readFacts(around),
    ...units.flatMap(({ context }) => readFacts(context)),
    ...readFacts(hit.chunk.text),
  ];
  const dates = facts.filter((fact): fact is DateFact => fact.kind === 'date');
  const plain = units.map(({ text }) => withoutMarkup(text));
  const windows: Window[] = [];
  units.forEach((unit, at) => {
    const head = [hit.document.title, unit.heading, unit.context].join('\n');
    windows.push(windowOf({ span: unit.span, isSingle: true, text: plain[at]!, around: head }));
    const next = units[at + 1];
    if (next)
      windows.push(
        windowOf({
          span: { start: unit.span.start, end: next.span.end },
          isSingle: false,
          text: `${plain[at]}\n${plain[at + 1]}`,
          around: head,
        }),
      );
  });
  return {
    index: indexTerms(whole),
    numbers: withTableScale(
      facts.filter((fact): fact is NumberFact => fact.kind === 'number'),
      whole,
    ),
    dates,
    years: new Set(dates.flatMap(({ readings }) => readings.flatMap(({ year }) => year ?? []))),
    names: new Set(
      factsOfKind(facts, 'name').flatMap(({ isSure, text }) => (isSure ? termsOf(text).map(({ stem }) => stem) : [])),
    ),
    compact: compactCode(whole),
    windows,
  };
}

function windowOf(parts: { span: Span; isSingle: boolean; text: string; around: string }): Window {
  const { span, isSingle, text, around } = parts;
  let read: ReadText | null = null;
  let index: TermIndex | null = null;
  return {
    span,
    isSingle,
    read: () => (read ??= readText(text)),
    index: () => (index ??= indexTerms(`${around}\n${text}`)),
  };
}

/** Tables say "in millions" above figures that sentences write out. */
function withTableScale(numbers: readonly NumberFact[], text: string): NumberFact[] {
  const factors = [...text.toLowerCase().matchAll(/\b(?:in|\$|amounts in)\s+(thousand|million|billion)s?\b/g)].map(
    (match) => SCALED[match[1]!]!,
  );
  if (factors.length === 0) return [...numbers];
  return numbers.map((number) => ({
    ...number,
    values: [...number.values, ...factors.flatMap((factor) => number.values.map((value) => value * factor))],
  }));
}

/** Letters, digits and the marks that tell codes apart. */
export const compactCode = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}.]+/gu, '');

export const factsOfKind = <K extends Fact['kind']>(facts: readonly Fact[], kind: K) =>
  facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
