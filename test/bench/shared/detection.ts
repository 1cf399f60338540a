import { createSentenceJudge, type SentenceJudge } from '../../../src/answer/check/create-sentence-judge.ts';
import { extractAnswer } from '../../../src/answer/extract-answer.ts';
import { splitSentences } from '../../../src/answer/split-sentences.ts';
import type { CheckLabel, SearchHit } from '../../../src/index.ts';
import { ALTERATIONS, type Alteration, alter, PARAPHRASES, type Paraphrase, paraphrase } from './altered-sentences.ts';
import type { AnswerQuestion } from './answer-collection.ts';

export type Trial = {
  readonly kind: Alteration | 'passage' | 'as it stands' | 'reference answer' | Paraphrase;
  readonly isTrue: boolean;
  readonly label: CheckLabel;
  readonly sentence: string;
  readonly source: string;
  readonly reasons: string;
};

/** Passages that an answer is made of. */
const PASSAGES = 8;
const MAX_SENTENCES = 2;
/** Shorter ones say too little to be altered. */
const MIN_LENGTH = 40;

/**
 * True sentences of passages that answer a question, as they stand and in other forms, and with one thing made wrong, each
 * judged against the passage that it is of. `passage`: a true sentence that cites another passage.
 */
export function trialsOf(
  { question, hits }: { question: AnswerQuestion; hits: readonly SearchHit[] },
  documentText: (documentId: string) => string | null,
  random: () => number,
): Trial[] {
  const offered = withGold(question, hits);
  const judge = createSentenceJudge({ question: question.text, hits: offered, documentText });
  const trials: Trial[] = [];
  offered.forEach((hit, at) => {
    if (!question.gold.includes(hit.path) || offered.findIndex(({ path }) => path === hit.path) !== at) return;
    const others = offered.filter(({ path }) => path !== hit.path).map(({ chunk }) => chunk.text);
    const passage = hit.chunk.text;
    const extracts = extractAnswer({ question: question.text, hits: [hit], documentText }).filter(
      ({ unit }) => unit.kind === 'sentence' && unit.text.length >= MIN_LENGTH,
    );
    const all = splitSentences(passage).map(({ span }) => passage.slice(span.start, span.end));
    for (const { unit } of extracts.slice(0, MAX_SENTENCES)) {
      const source = unit.shown;
      const run = (kind: Trial['kind'], isTrue: boolean, sentence: string | null, marker = at + 1): void => {
        if (sentence === null) return;
        const { label, reasons } = judge({ text: sentence, kind: 'sentence', markers: [marker] });
        const why = reasons.map((reason) => `${reason.kind}: ${reason.what} / ${reason.instead ?? ''}`).join('; ');
        trials.push({ kind, isTrue, label, sentence, source, reasons: why });
      };
      run('as it stands', true, source);
      const next = all[all.indexOf(unit.text) + 1] ?? null;
      for (const kind of PARAPHRASES)
        run(kind, true, paraphrase(kind, source, next && /^[A-Z]/.test(next) ? next : null));
      for (const kind of ALTERATIONS) run(kind, false, alter(kind, { sentence: source, passage, others }, random));
      const other = offered.findIndex(
        ({ path, chunk }) => !question.gold.includes(path) && !chunk.text.includes(unit.text),
      );
      if (other >= 0) run('passage', false, source, other + 1);
    }
  });
  trials.push(...trialsOfReference(question, offered, judge));
  return trials;
}

/** The answer that came with the question, in the words of whoever wrote it. */
function trialsOfReference(
  { gold, reference }: AnswerQuestion,
  offered: readonly SearchHit[],
  judge: SentenceJudge,
): Trial[] {
  const markers = offered.flatMap(({ path }, at) => (gold.includes(path) ? [at + 1] : []));
  if (reference === null || markers.length === 0) return [];
  const { label, reasons } = judge({ text: reference, kind: 'sentence', markers });
  const why = reasons.map(({ kind, what }) => `${kind}: ${what}`).join('; ');
  return [{ kind: 'reference answer', isTrue: true, label, sentence: reference, source: reference, reasons: why }];
}

function withGold({ gold }: AnswerQuestion, hits: readonly SearchHit[]): readonly SearchHit[] {
  const first = hits.slice(0, PASSAGES);
  if (first.some(({ path }) => gold.includes(path))) return first;
  const found = hits.find(({ path }) => gold.includes(path));
  return found ? [...first.slice(0, PASSAGES - 1), found] : [];
}

/** Whether a reader is told that a sentence does not hold. */
export const isFlagged = ({ label }: Trial): boolean => label === 'unsupported' || label === 'contradicted';
