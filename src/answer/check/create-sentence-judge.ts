import type { DocumentId } from '../../domain/ids.ts';
import type { Hit } from '../../domain/search.ts';
import { withoutMarkup } from '../../domain/without-markup.ts';
import type { SentenceKind } from '../split-sentences.ts';
import { indexTerms } from '../text-terms.ts';
import { type Evidence, openEvidence } from './evidence.ts';
import { type Judgement, judgeSentence } from './judge-sentence.ts';
import type { Token } from './tokens.ts';

export type JudgedSentence = {
  /** Without citation marks. */
  readonly text: string;
  readonly kind: SentenceKind;
  /** Of the passages that it may rest on; those that are not there are left out, and none stands for all. */
  readonly markers: readonly number[];
};

export type SentenceJudge = (sentence: JudgedSentence) => Judgement;

export type SentenceJudgeOptions = {
  readonly question: string;
  /** `[n]` is the n-th. */
  readonly hits: readonly Hit[];
  readonly documentText: (documentId: DocumentId) => string | null;
};

/** Compares sentences of an answer with the passages that it was made of. Passages are opened when they are first needed. */
export function createSentenceJudge({ question, hits, documentText }: SentenceJudgeOptions): SentenceJudge {
  const opened = new Map<number, Evidence>();
  const open = (marker: number): Evidence => {
    const known = opened.get(marker);
    if (known) return known;
    const hit = hits[marker - 1]!;
    const evidence = openEvidence(hit, documentText(hit.chunk.documentId));
    opened.set(marker, evidence);
    return evidence;
  };
  const known = [indexTerms(question)];
  let commonness: ReadonlyMap<string, number> | null = null;
  // Words of the subject stand in most passages and tell little; one that none has is as telling as a rare one.
  const weightOf = ({ key }: Token): number => {
    commonness ??= commonnessOf(hits);
    return 1 - 0.5 * (commonness.get(key) ?? 0);
  };
  return ({ text, kind, markers }) => {
    const valid = markers.filter((marker) => marker >= 1 && marker <= hits.length);
    const chosen = valid.length > 0 ? valid : hits.map((_, at) => at + 1);
    const sentence = withoutMarkup(text).replace(/\|/g, ' ');
    return judgeSentence({ sentence, kind, passages: chosen.map(open), known, weightOf });
  };
}

/** Share of the passages that have a stem. */
function commonnessOf(hits: readonly Hit[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { chunk } of hits)
    for (const stem of indexTerms(chunk.text).stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  for (const [stem, count] of counts) counts.set(stem, count / hits.length);
  return counts;
}
