import { splitSentences } from '../../answer/split-sentences.ts';
import { type DocumentContent, type GeneratedQuestion, generateQuestions } from '../../evaluate/generate-questions.ts';
import { createRandom } from '../../evaluate/random.ts';
import { RagError, throwIfAborted } from '../../platform/errors.ts';
import type { DocumentSummary, KnowledgeBase } from '../types.ts';

/** Documents that are read for each question that is wanted: not every one gives one, and all give more than one. */
const DOCUMENTS_PER_QUESTION = 3;

/** Enough of a document to ask about; a book is not asked about from end to end. In UTF-16 units. */
const MAX_TEXT_LENGTH = 200_000;

const MAX_LISTED = 1_000_000;

export type GenerateOptions = {
  readonly limit: number;
  readonly seed?: number;
  readonly collection?: string;
  readonly signal?: AbortSignal;
  readonly onDocument?: (done: number, total: number) => void;
};

/** Known-item questions from the documents of a database, without a model. Throws NOT_FOUND when there are none. */
export function generateQuestionSet(knowledgeBase: KnowledgeBase, options: GenerateOptions): GeneratedQuestion[] {
  const { limit, seed = 1, signal } = options;
  const documents = sampleDocuments(knowledgeBase, options, limit * DOCUMENTS_PER_QUESTION);
  const contents = documents.map((document, i) => {
    throwIfAborted(signal);
    options.onDocument?.(i + 1, documents.length);
    return contentOf(knowledgeBase, document);
  });
  const questions = generateQuestions(contents, { limit, seed });
  if (questions.length === 0) {
    throw new RagError('NOT_FOUND', {
      message: `None of ${documents.length} documents has a title, heading or sentence to make a question of.`,
      hint: 'Add documents with `rag add`, or write questions by hand.',
    });
  }
  return questions;
}

/** Documents to ask about, spread over all of a collection. */
export function sampleDocuments(
  knowledgeBase: KnowledgeBase,
  { collection, seed = 1 }: GenerateOptions,
  count: number,
): readonly DocumentSummary[] {
  const filter = collection === undefined ? {} : { collections: [collection] };
  return sample(knowledgeBase.list({ filter, limit: MAX_LISTED }), count, seed);
}

export function contentOf(knowledgeBase: KnowledgeBase, summary: DocumentSummary): DocumentContent {
  const { document } = knowledgeBase.get(summary.documentId);
  const text = document.text.slice(0, MAX_TEXT_LENGTH);
  return {
    path: summary.path,
    title: summary.title,
    headings: document.sections.flatMap((section) => (section.kind === 'heading' ? [section.title] : [])),
    sentences: splitSentences(text)
      .filter(({ kind }) => kind === 'sentence' || kind === 'list-item')
      .map(({ span }) => text.slice(span.start, span.end)),
  };
}

/** So many of them, spread over all, the same for the same seed. */
function sample(documents: readonly DocumentSummary[], count: number, seed: number): readonly DocumentSummary[] {
  if (documents.length <= count) return documents;
  const random = createRandom(seed);
  return documents
    .map((document) => ({ document, place: random() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, count)
    .map(({ document }) => document);
}
