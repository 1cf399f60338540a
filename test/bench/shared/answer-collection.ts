import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readBeir } from '../../../src/evaluate/read-beir.ts';
import type { Answer, KnowledgeBase, SearchHit } from '../../../src/index.ts';
import { randomFrom } from './random.ts';

export type AnswerQuestion = {
  readonly text: string;
  /** Paths of the documents that answer it; empty for a question that none does. */
  readonly gold: readonly string[];
  /** In the words of whoever wrote the question, where they gave one. */
  readonly reference: string | null;
};

export type AnswerCollection = {
  readonly name: string;
  readonly folder: string;
  readonly questions: readonly AnswerQuestion[];
};

/** Documents that are put beside those that answer the questions. */
const DISTRACTORS = 1000;

/**
 * Writes a collection in BEIR layout as a folder: every document that answers one of the first questions, and others
 * chosen by chance. Questions are spread over the whole list; every second one is of the even half.
 */
export function writeCollection(from: string, folder: string, count: number): AnswerCollection {
  const { documents, queries } = readBeir(from);
  const step = Math.max(1, queries.length / count);
  const chosen = Array.from({ length: Math.min(count, queries.length) }, (_, at) => queries[Math.floor(at * step)]!);
  const goldOf = (judgements: ReadonlyMap<string, number>): string[] =>
    [...judgements].flatMap(([id, grade]) => (grade > 0 ? [id] : []));
  const wanted = new Set(chosen.flatMap(({ judgements }) => goldOf(judgements)));
  const random = randomFrom(7);
  const others = documents.filter(({ id }) => !wanted.has(id));
  while (others.length > DISTRACTORS) others.splice(Math.floor(random() * others.length), 1);
  const kept = new Set(others.map(({ id }) => id));
  const paths = new Map<string, string>();
  mkdirSync(folder, { recursive: true });
  documents.forEach(({ id, title, text }, at) => {
    if (!wanted.has(id) && !kept.has(id)) return;
    paths.set(id, `${at}.md`);
    writeFileSync(join(folder, `${at}.md`), title === '' ? text : `# ${title}\n\n${text}`);
  });
  const questions = chosen.map(({ text, judgements }) => ({
    text,
    gold: goldOf(judgements).map((id) => paths.get(id) as string),
    reference: null,
  }));
  return { name: basename(from), folder, questions };
}

/** The sample handbook with its questions. */
export function sampleCollection(root: string): AnswerCollection {
  const lines = readFileSync(join(root, 'eval/corpus-questions.jsonl'), 'utf8').trim().split('\n');
  const questions = lines.map((line): AnswerQuestion => {
    const { question, paths, answer } = JSON.parse(line) as {
      question: string;
      paths: string[];
      answer: string | null;
    };
    return { text: question, gold: paths, reference: answer };
  });
  return { name: 'fixtures/corpus', folder: join(root, 'corpus'), questions };
}

export const isThere = (folder: string): boolean => existsSync(join(folder, 'queries.jsonl'));

/** A question with what was found for it. */
export type Asked = {
  readonly question: AnswerQuestion;
  readonly hits: readonly SearchHit[];
  /** What is found when the documents that answer it are not there. */
  readonly withoutGold: readonly SearchHit[];
  /** Made of quotations, no model taking part. */
  readonly answer: Answer;
};

/** Passages that `rag ask` looks at. */
const PASSAGES = 8;

/** Asks every question of a collection, with and without the documents that answer it. */
export async function* askAll(knowledgeBase: KnowledgeBase, { questions }: AnswerCollection): AsyncGenerator<Asked> {
  for (const question of questions) {
    let answer: Answer | null = null;
    for await (const event of knowledgeBase.ask(question.text, { model: 'extractive' })) {
      if (event.type === 'answer-end') answer = event.answer;
    }
    const { hits } = await knowledgeBase.search(question.text, { limit: 40, perDocument: 0 });
    const withoutGold =
      question.gold.length === 0
        ? []
        : (
            await knowledgeBase.search(question.text, {
              limit: PASSAGES,
              filter: { except: [{ paths: question.gold }] },
            })
          ).hits;
    yield { question, hits, withoutGold, answer: answer as unknown as Answer };
  }
}
