import { statSync } from 'node:fs';
import { isBeir } from '../../evaluate/read-beir.ts';
import { messageOf, RagError } from '../../platform/errors.ts';
import type { KnowledgeBase } from '../types.ts';
import { type OpenCollectionOptions, openCollection } from './open-collection.ts';
import type { QuestionSet } from './question-set.ts';
import { readQuestionSet } from './read-question-set.ts';

export type OpenQuestionSet = {
  /** The caller closes it. */
  readonly knowledgeBase: KnowledgeBase;
  readonly set: QuestionSet;
  /** Milliseconds that ingesting a collection took; null when nothing was ingested. */
  readonly ingestMs: number | null;
  /** Whether the documents came with the questions, in a database of their own. */
  readonly isCollection: boolean;
};

export type OpenQuestionSetOptions = OpenCollectionOptions & {
  /** The database that a file of questions is about. */
  readonly databasePath: string;
};

/**
 * A folder in BEIR layout with its documents, or a file of questions about the documents of a database.
 * Throws NOT_FOUND, USAGE, and what opening a database throws.
 */
export async function openQuestionSet(path: string, options: OpenQuestionSetOptions): Promise<OpenQuestionSet> {
  const isFolder = statOf(path).isDirectory();
  if (isFolder && !isBeir(path)) {
    throw new RagError('NOT_FOUND', {
      message: `${path} is no collection in BEIR layout: it has no qrels/test.tsv and queries.jsonl.`,
      hint: 'Name such a folder, or a file of JSON lines {"question": "…", "paths": ["…"]}.',
    });
  }
  if (isFolder) return { ...(await openCollection(path, options)), isCollection: true };
  const knowledgeBase = await options.open(options.databasePath, false);
  try {
    return { knowledgeBase, set: readQuestionSet(knowledgeBase, path), ingestMs: null, isCollection: false };
  } catch (error) {
    knowledgeBase.close();
    throw error;
  }
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw new RagError('NOT_FOUND', { message: `${path} cannot be read: ${messageOf(error)}.`, cause: error });
  }
}
