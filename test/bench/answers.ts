/**
 * How far answers can be trusted, without a model: whether citations are verbatim, how much of the evidence a model is
 * given, whether questions whose documents are not there can be told from others, and whether the check of sentences finds
 * what is wrong and leaves what is true.
 *
 *   npm run bench:answers -- [--from <folder of collections>] [--only clapnq-closed,...] [--questions 30] [--show 0]
 *
 * Collections are cut to the documents that answer the questions and 1,000 others. Even questions were used for fitting, odd
 * ones are reported as well. Sentences are altered by tables of their own, from fixed seeds; `--show 5` prints some that are
 * judged wrongly. Balanced accuracy: mean of the share of wrong sentences of a kind that are flagged, and of the share of
 * true ones, as they stand and in other forms, that are not.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judgeRelevance } from '../../src/answer/judge-relevance.ts';
import { coveredShare } from '../../src/answer/sentence-support.ts';
import { mean } from '../../src/evaluate/metrics.ts';
import { type KnowledgeBase, openKnowledgeBase, type SearchHit } from '../../src/index.ts';
import { ALTERATIONS, PARAPHRASES } from './shared/altered-sentences.ts';
import {
  type AnswerCollection,
  type AnswerQuestion,
  type Asked,
  askAll,
  isThere,
  sampleCollection,
  writeCollection,
} from './shared/answer-collection.ts';
import { areaUnderCurve } from './shared/area-under-curve.ts';
import { isFlagged, type Trial, trialsOf } from './shared/detection.ts';
import { randomFrom } from './shared/random.ts';

const COLLECTIONS = [
  'clapnq-closed',
  'hotpotqa-500',
  'pubmedqa',
  'xquad-en',
  'rgb-en-fact',
  'chunkeval-a',
  'financebench-a',
];
const BUDGETS = [2000, 4000] as const;
/** Passages that are judged for whether they speak of the question. */
const JUDGED = 8;

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '../shared/eval' },
    only: { type: 'string' },
    questions: { type: 'string', default: '30' },
    show: { type: 'string', default: '0' },
  },
});

type Half = { readonly answerable: number[]; readonly removed: number[]; readonly trials: Trial[] };
type Measured = {
  readonly name: string;
  readonly questions: number;
  readonly answers: number;
  readonly verbatim: number;
  readonly recalls: readonly number[][];
  readonly halves: readonly [Half, Half];
};

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));
const only = values.only?.split(',');
const measured: Measured[] = [];
for (const name of ['fixtures/corpus', ...COLLECTIONS]) {
  if (only && !only.includes(name)) continue;
  const from = join(resolve(values.from), name);
  if (name !== 'fixtures/corpus' && (!existsSync(from) || !isThere(from))) {
    console.log(`${name}: not there`);
    continue;
  }
  const folder = mkdtempSync(join(tmpdir(), 'rag-answers-'));
  try {
    const collection =
      name === 'fixtures/corpus'
        ? sampleCollection(fixtures)
        : writeCollection(from, join(folder, 'notes'), Number(values.questions));
    measured.push(await measure(collection, join(folder, 'rag.db')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
report(measured);

async function measure(collection: AnswerCollection, path: string): Promise<Measured> {
  const knowledgeBase = await openKnowledgeBase({ path });
  for await (const event of knowledgeBase.add(collection.folder)) if (event.type === 'ingest-end') break;
  const halves = [0, 1].map((): Half => ({ answerable: [], removed: [], trials: [] })) as [Half, Half];
  const recalls: number[][] = BUDGETS.map(() => []);
  const random = randomFrom(3);
  let answers = 0;
  let verbatim = 0;
  let at = 0;
  for await (const asked of askAll(knowledgeBase, collection)) {
    const half = halves[at++ % 2] as Half;
    if (asked.answer.text !== '' && asked.answer.model === 'extractive') {
      answers++;
      if (isVerbatim(knowledgeBase, asked)) verbatim++;
    }
    if (asked.question.gold.length > 0) {
      for (const [i, budgetTokens] of BUDGETS.entries()) {
        recalls[i]?.push(await recallAt(knowledgeBase, asked.question, budgetTokens));
      }
      half.answerable.push(relevanceOf(asked.question, asked.hits.slice(0, JUDGED)));
      half.removed.push(relevanceOf(asked.question, asked.withoutGold));
    } else half.removed.push(relevanceOf(asked.question, asked.hits.slice(0, JUDGED)));
    const textOf = (id: string): string | null => knowledgeBase.get(id).document.text;
    half.trials.push(...trialsOf(asked, textOf, random));
  }
  knowledgeBase.close();
  return { name: collection.name, questions: collection.questions.length, answers, verbatim, recalls, halves };
}

/** Whether every quote of the answer stands in its document, character for character, and every sentence cites one. */
function isVerbatim(knowledgeBase: KnowledgeBase, { answer }: Asked): boolean {
  return (
    answer.citations.length > 0 &&
    answer.citations.every(({ chunkId, span, quote }) => {
      const { document } = knowledgeBase.get(chunkId);
      return document.text.slice(span.start, span.end) === quote;
    })
  );
}

/**
 * Share of the characters of the documents that answer the question which the packed passages hold; where the question
 * comes with an answer, share of the words of that answer.
 */
async function recallAt(knowledgeBase: KnowledgeBase, question: AnswerQuestion, budgetTokens: number): Promise<number> {
  const { passages } = await knowledgeBase.context(question.text, { budgetTokens });
  const own = passages.filter(({ hit }) => question.gold.includes((hit as SearchHit).path));
  if (question.reference !== null) return coveredShare(question.reference, own.map(({ text }) => text).join('\n'));
  let found = 0;
  let wanted = 0;
  for (const path of question.gold) {
    const { text } = knowledgeBase.get(path).document;
    const covered = new Uint8Array(text.length);
    for (const { hit, text: given } of own) {
      const { start } = hit.chunk.span;
      if ((hit as SearchHit).path === path) covered.fill(1, start, start + given.length);
    }
    found += covered.reduce((sum, each) => sum + each, 0);
    wanted += text.trim().length;
  }
  return wanted > 0 ? Math.min(1, found / wanted) : 0;
}

/** Half where a name or number of the question is nowhere, as that makes it unanswerable unless all else is there. */
function relevanceOf({ text }: AnswerQuestion, hits: readonly SearchHit[]): number {
  const { coverage, missing } = judgeRelevance({ question: text, hits });
  return missing.length > 0 ? coverage / 2 : coverage;
}

function report(all: readonly Measured[]): void {
  const figure = (value: number): string => value.toFixed(3).replace(/^0/, '');
  const row = (cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`);
  const aucOf = (halves: readonly Half[]): string =>
    figure(
      areaUnderCurve(
        halves.flatMap(({ answerable }) => answerable),
        halves.flatMap(({ removed }) => removed),
      ),
    );
  console.log('\n### Citations, evidence, abstention\n');
  row([
    'collection',
    'questions',
    'answers',
    'all verbatim',
    ...BUDGETS.map((budget) => `evidence at ${budget}`),
    'abstention AUC, even',
    'odd',
  ]);
  row(['---', ...Array.from({ length: 5 + BUDGETS.length }, () => '--:')]);
  for (const { name, questions, answers, verbatim, recalls, halves } of all) {
    const share = answers === 0 ? '-' : `${((100 * verbatim) / answers).toFixed(1)} %`;
    row([
      name,
      questions,
      answers,
      share,
      ...recalls.map((each) => figure(mean(each))),
      aucOf([halves[0]]),
      aucOf([halves[1]]),
    ]);
  }
  row([
    'all',
    all.reduce((sum, { questions }) => sum + questions, 0),
    all.reduce((sum, { answers }) => sum + answers, 0),
    `${((100 * all.reduce((sum, { verbatim }) => sum + verbatim, 0)) / all.reduce((sum, { answers }) => sum + answers, 0)).toFixed(1)} %`,
    ...BUDGETS.map((_, i) => figure(mean(all.flatMap(({ recalls }) => recalls[i] ?? [])))),
    aucOf(all.map(({ halves }) => halves[0])),
    aucOf(all.map(({ halves }) => halves[1])),
  ]);
  const halves = [0, 1].map((half) => all.flatMap((each) => each.halves[half]?.trials ?? []));
  const flagged = (trials: readonly Trial[]): number => trials.filter(isFlagged).length / Math.max(1, trials.length);
  const accuracy = (half: readonly Trial[], wrong: readonly Trial[]): number =>
    (flagged(wrong) + 1 - flagged(half.filter(({ isTrue }) => isTrue))) / 2;
  console.log('\n### Detection\n');
  row(['sentences', 'even', 'flagged', 'balanced accuracy', 'odd', 'flagged', 'balanced accuracy']);
  row(['---', ...Array.from({ length: 6 }, () => '--:')]);
  const kinds = ['as it stands', 'reference answer', ...PARAPHRASES, ...ALTERATIONS, 'passage'] as const;
  for (const kind of kinds) {
    row([
      kind === 'passage' ? 'another passage cited' : kind,
      ...halves.flatMap((half) => {
        const own = half.filter((each) => each.kind === kind);
        return [own.length, figure(flagged(own)), own[0]?.isTrue === false ? figure(accuracy(half, own)) : ''];
      }),
    ]);
  }
  row([
    '**all**',
    ...halves.flatMap((half) => {
      const wrong = half.filter(({ isTrue }) => !isTrue);
      return [half.length, figure(flagged(wrong)), `**${figure(accuracy(half, wrong))}**`];
    }),
  ]);
  const mistaken = halves.flat().filter((each) => each.isTrue === isFlagged(each));
  const random = randomFrom(9);
  for (let shown = 0; shown < Number(values.show) && mistaken.length > 0; shown++) {
    const [trial] = mistaken.splice(Math.floor(random() * mistaken.length), 1) as [Trial];
    console.log(`\n${trial.kind} -> ${trial.label} (${trial.reasons})\n  ${trial.source}\n  ${trial.sentence}`);
  }
}
