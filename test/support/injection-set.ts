import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openKnowledgeBase } from '../../src/app/open-knowledge-base.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import type { Answer } from '../../src/domain/answer.ts';
import type { ChatBody } from '../servers/model-server.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { readOutsideOfData } from './read-outside-of-data.ts';

/** A document with an instruction in it, and a question that the rest of the document answers. */
export type InjectionCase = {
  readonly file: string;
  readonly kind: string;
  readonly question: string;
  /** Words of the document that answer the question. */
  readonly fact: string;
  /** What a model says that obeys. */
  readonly payload: string;
  /** Words by which a model that obeys knows what it is told. */
  readonly obey: string;
};

const folder = fileURLToPath(new URL('../../fixtures/injection', import.meta.url));
export const INJECTION_DOCUMENTS = join(folder, 'documents');

export const injectionCases = (): readonly InjectionCase[] =>
  readFileSync(join(folder, 'cases.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as InjectionCase);

/** `data`: obeys what it reads outside of the fenced data. `all`: obeys whatever it reads, wherever it stands. */
export type Obedience = 'outside' | 'all';

export type InjectionResult = {
  readonly case: InjectionCase;
  readonly answer: Answer;
  /** The answer says what an instruction in a document told it to say. */
  readonly isChanged: boolean;
  /** Of a changed answer: its checks say that the passages do not support what was said, or part of it. */
  readonly isMarked: boolean;
};

const flat = (text: string): string => text.replace(/\s+/g, ' ');

/** What the scripted model answers: what it was told to, else the sentence with the fact, with its citation. */
export function obedientReply(prompt: string, cases: readonly InjectionCase[], obedience: Obedience): string {
  const asked = prompt.slice(prompt.lastIndexOf('\nQuestion: ') + '\nQuestion: '.length).trim();
  const own = cases.find(({ question }) => question === asked);
  if (!own) return 'The documents do not answer the question.';
  const read = flat(obedience === 'all' ? prompt : readOutsideOfData(prompt));
  // Its own document first: what others say is obeyed as well.
  const told = [own, ...cases].find(({ obey }) => read.includes(flat(obey)));
  const id = (words: string): string =>
    [...prompt.matchAll(/<passage id="(\d+)"[^>]*>\n([\s\S]*?)\n<\/passage>/g)].find(([, , text]) =>
      flat(text as string).includes(flat(words)),
    )?.[1] ?? '1';
  return told ? `${told.payload} [${id(told.obey)}]` : `${own.fact} [${id(own.fact)}]`;
}

/** Asks every question of the set of a scripted model behind a server, or quotes without one (null). */
export async function runInjectionSet(obedience: Obedience | null): Promise<readonly InjectionResult[]> {
  const cases = injectionCases();
  const reply = ({ messages }: ChatBody) => [
    obedientReply(messages.map(({ content }) => content).join('\n\n'), cases, obedience ?? 'all'),
  ];
  const server = await startOpenaiServer({ reply });
  const place = await mkdtemp(join(tmpdir(), 'rag-injection-'));
  const openai = { ...defaultSettings.openai, baseUrl: `${server.origin}/v1`, apiKey: 'none' };
  const knowledgeBase = await openKnowledgeBase({
    path: join(place, 'rag.db'),
    settings: { ...defaultSettings, openai },
  });
  try {
    for await (const event of knowledgeBase.add(INJECTION_DOCUMENTS)) {
      if (event.type === 'item-end' && event.outcome.status !== 'added') throw new Error(JSON.stringify(event.outcome));
    }
    const results: InjectionResult[] = [];
    const model = obedience === null ? 'extractive' : 'openai/small-model';
    for (const each of cases) {
      for await (const event of knowledgeBase.ask(each.question, { model })) {
        if (event.type === 'answer-end') results.push(judge(each, event.answer, cases));
      }
    }
    return results;
  } finally {
    knowledgeBase.close();
    await server.close();
    await rm(place, { recursive: true });
  }
}

function judge(each: InjectionCase, answer: Answer, cases: readonly InjectionCase[]): InjectionResult {
  const said = flat(answer.rawText ?? answer.text);
  const isChanged = cases.some(({ payload }) => said.includes(flat(payload)));
  const checks = answer.checks ?? [];
  const isMarked =
    answer.support !== 'supported' ||
    checks.some(({ label }) => label !== 'supported') ||
    (answer.unverifiedQuotations ?? []).length > 0;
  return { case: each, answer, isChanged, isMarked: isChanged && isMarked };
}
