import type { AskOptions, KnowledgeBase, SearchResult } from '../../src/app/types.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

/** A knowledge base of these files. */
export async function baseOf(files: Readonly<Record<string, string>>): Promise<KnowledgeBase> {
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(temporaryFolder(files).path));
  return knowledgeBase;
}

/** What a question finds, the path of the first hit, and its answer. */
export async function asked(base: KnowledgeBase, question: string, options: AskOptions = {}) {
  let result: SearchResult | undefined;
  let answer: Answer | undefined;
  for await (const event of base.ask(question, options)) {
    if (event.type === 'search-end') result = event.result;
    if (event.type === 'answer-end') answer = event.answer;
  }
  if (!result || !answer) throw new Error('The stream did not end with answer-end.');
  return { result, answer, first: result.hits[0]?.path };
}
