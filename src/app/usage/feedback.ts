import type { Chunk } from '../../domain/chunk.ts';
import { parseChunkId } from '../../domain/ids.ts';
import { RagError } from '../../platform/errors.ts';
import { sha256Short } from '../../platform/hash.ts';
import type { Store, StoredDocument, StoredFeedback } from '../../store/types.ts';
import type { KeptText } from '../privacy/kept-text.ts';
import { get, one } from '../references.ts';
import { locateFeedback } from './locate-feedback.ts';
import { cutQuestion } from './normalize-question.ts';
import { sketchOf } from './sketch.ts';
import type { FeedbackEntry, Usage } from './types.ts';

type FeedbackPart = Pick<Usage, 'feedback' | 'pick' | 'addFeedback' | 'removeFeedback' | 'feedbackLines'>;

/** What people said was right. */
export function createFeedback(store: Store, kept?: KeptText): FeedbackPart {
  const add = (question: string, document: StoredDocument, chunk: Chunk | null): FeedbackEntry => {
    if (!question.trim()) throw new RagError('USAGE', { message: 'The question is empty.' });
    const { source, path, contentHash } = document;
    const id = store.record((recorder) =>
      recorder.putFeedback({
        question: cutQuestion(kept?.text(question) ?? question),
        collection: source.collection,
        uri: source.uri,
        path,
        contentHash,
        passage: chunk && { ...chunk.span, textHash: sha256Short(chunk.text), sketch: sketchOf(chunk.text) },
      }),
    );
    return entryOf(store, entryWithId(store, id));
  };
  return {
    feedback: () => store.feedback().map((each) => entryOf(store, each)),
    pick(question, { chunk }) {
      const document = one(store, chunk.documentId);
      // A hit may have been grown by its neighbours; what is kept is the passage that was found.
      return add(question, document, store.documentChunks(document.row)[chunk.ordinal] ?? chunk);
    },
    addFeedback(question, reference) {
      const chunkId = parseChunkId(reference);
      return chunkId
        ? add(question, one(store, chunkId.documentId, reference), get(store, reference).chunk)
        : add(question, one(store, reference), null);
    },
    removeFeedback(id) {
      const entry = entryOf(store, entryWithId(store, id));
      store.record((recorder) => recorder.removeFeedback(id));
      return entry;
    },
    feedbackLines() {
      const paths = countPaths(store);
      const byQuestion = new Map<string, { paths: Set<string>; passages: Set<string> }>();
      for (const each of store.feedback()) {
        const { document, chunk } = locateFeedback(store, each);
        if (!document) continue;
        const line = byQuestion.get(each.question) ?? { paths: new Set(), passages: new Set() };
        byQuestion.set(each.question, line);
        line.paths.add(paths.get(document.path) === 1 ? document.path : document.source.uri);
        if (chunk) line.passages.add(chunk.text);
      }
      return [...byQuestion].map(([question, { paths, passages }], i) => ({
        id: `feedback-${i + 1}`,
        question,
        paths: [...paths],
        passages: [...passages],
        kind: 'feedback' as const,
      }));
    },
  };
}

function entryWithId(store: Store, id: number): StoredFeedback {
  const found = store.feedback().find((each) => each.id === id);
  if (found) return found;
  throw new RagError('NOT_FOUND', {
    message: `There is no feedback with the number ${id}.`,
    hint: '`rag feedback list` shows the numbers.',
  });
}

function entryOf(store: Store, feedback: StoredFeedback): FeedbackEntry {
  const { state, document, chunk } = locateFeedback(store, feedback);
  return {
    id: feedback.id,
    givenAt: feedback.givenAt,
    question: feedback.question,
    state,
    collection: document?.source.collection ?? feedback.collection,
    uri: document?.source.uri ?? feedback.uri,
    path: document?.path ?? feedback.path,
    documentId: document?.source.documentId ?? null,
    chunkId: chunk?.id ?? null,
    page: chunk?.page ?? null,
    lines: chunk?.lines ?? null,
  };
}

function countPaths(store: Store): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of store.documents({}, Number.MAX_SAFE_INTEGER, 0)) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}
