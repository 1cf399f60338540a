/**
 * How well a question that nothing answers is told from one that is answered, by what a search says of itself.
 *
 *   npx tsx test/bench/gaps.ts [folder of a collection in BEIR layout ...]
 *
 * Each question whose gold passage is among the first ten counts twice: with its hits as they are, and with the gold
 * documents taken out of them. Prints the area under the ROC curve of the coverage of the question's words, of the best
 * cosine, of their sum, and which share of either kind `findsLittle` takes for a gap. The first row is the sample handbook.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgeRelevance } from '../../src/answer/judge-relevance.ts';
import { openQuestionSet } from '../../src/app/evaluate/open-question-set.ts';
import type { QuestionSet } from '../../src/app/evaluate/question-set.ts';
import { findsLittle } from '../../src/app/gaps/finds-little.ts';
import { bestCosineOf } from '../../src/app/usage/remembered-search.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import { type KnowledgeBase, openKnowledgeBase } from '../../src/index.ts';
import { areaUnderCurve } from './shared/area-under-curve.ts';

const MAX_QUESTIONS = 300;
const LIMIT = 10;
const JUDGED_HITS = 3;

const corpus = fileURLToPath(new URL('../../fixtures/corpus', import.meta.url));
const questions = fileURLToPath(new URL('../../fixtures/eval/corpus-questions.jsonl', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'rag-gaps-'));

type Signs = { readonly results: number; readonly coverage: number; readonly cosine: number | null };

try {
  const databasePath = join(work, 'corpus.db');
  const sample = await openKnowledgeBase({ path: databasePath });
  for await (const _ of sample.add(corpus)) void _;
  sample.close();
  print(['collection', 'questions', 'coverage', 'cosine', 'sum', 'gaps taken for gaps', 'answered taken for gaps']);
  for (const path of [questions, ...process.argv.slice(2)]) {
    const { knowledgeBase, set } = await openQuestionSet(path, {
      settings: defaultSettings,
      cacheFolder: process.env.RAG_BENCH_CACHE ?? work,
      databasePath,
      open: (file, create) => openKnowledgeBase({ path: file, create }),
    });
    const { answered, unanswered } = await signsOf(knowledgeBase, set);
    knowledgeBase.close();
    const curve = (value: (signs: Signs) => number) =>
      areaUnderCurve(answered.map(value), unanswered.map(value)).toFixed(3);
    const share = (all: readonly Signs[]) => `${((100 * all.filter(findsLittle).length) / all.length).toFixed(0)} %`;
    print([
      path === questions ? 'handbook' : basename(path),
      String(answered.length),
      curve(({ coverage }) => coverage),
      curve(({ cosine }) => cosine ?? 0),
      curve(({ coverage, cosine }) => coverage + (cosine ?? 0)),
      share(unanswered),
      share(answered),
    ]);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function signsOf(knowledgeBase: KnowledgeBase, set: QuestionSet) {
  const answered: Signs[] = [];
  const unanswered: Signs[] = [];
  for (const question of set.questions.slice(0, MAX_QUESTIONS)) {
    const gold = [...question.judgements].filter(([, grade]) => grade > 0).map(([key]) => key);
    const { hits } = await knowledgeBase.search(question.text, { limit: LIMIT + gold.length });
    const isGold = (hit: (typeof hits)[number]) => set.keysOf(question, hit).some((key) => gold.includes(key));
    const shown = hits.slice(0, LIMIT);
    if (!shown.some(isGold)) continue;
    const signs = (some: typeof hits): Signs => ({
      results: some.length,
      coverage: judgeRelevance({ question: question.text, hits: some.slice(0, JUDGED_HITS) }).coverage,
      cosine: bestCosineOf(some),
    });
    answered.push(signs(shown));
    unanswered.push(signs(hits.filter((hit) => !isGold(hit)).slice(0, LIMIT)));
  }
  return { answered, unanswered };
}

function print(cells: readonly string[]): void {
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(18) : cell.padStart(Math.max(9, cell.length)))).join('  '));
}
