import type { Chunk } from '../../domain/chunk.ts';
import { sha256Short } from '../../platform/hash.ts';
import type { FeedbackPassage, Store, StoredDocument, StoredFeedback } from '../../store/types.ts';
import { shareKept } from './sketch.ts';
import type { FeedbackState } from './types.ts';

/** Share of a passage's runs of words from which on it is the same passage, edited or cut in another way. */
const SAME_PASSAGE = 0.5;

/** Documents of one name that are looked into for a passage. */
const MAX_NAMESAKES = 20;

export type LocatedFeedback = {
  readonly state: FeedbackState;
  /** Null when it is gone. */
  readonly document: StoredDocument | null;
  /** Null when it is gone, or when the document as a whole was meant. */
  readonly chunk: Chunk | null;
};

/**
 * Where the passage of some feedback stands now: under its address, else in the document that has the same bytes, else in
 * one of the same name that has the same passage.
 */
export function locateFeedback(store: Store, feedback: StoredFeedback): LocatedFeedback {
  const { uri, collection, passage } = feedback;
  const there = store.findDocuments(uri, MAX_NAMESAKES).filter(({ source }) => source.uri === uri);
  const own = there.find(({ source }) => source.collection === collection) ?? there[0];
  const document = own ?? movedDocument(store, feedback);
  if (!document) return { state: 'document gone', document: null, chunk: null };
  const placed = (state: FeedbackState): FeedbackState => (own ? state : 'moved');
  if (!passage) return { state: placed('there'), document, chunk: null };
  const chunks = store.documentChunks(document.row);
  const same = samePassage(chunks, passage);
  if (same) return { state: placed('there'), document, chunk: same };
  const edited = editedPassage(chunks, passage);
  return { state: edited ? placed('edited') : 'passage gone', document, chunk: edited };
}

function movedDocument(store: Store, { contentHash, path, passage }: StoredFeedback): StoredDocument | null {
  const name = nameOf(path);
  const candidates = store
    .documents({}, Number.MAX_SAFE_INTEGER, 0)
    .filter((each) => each.contentHash === contentHash || nameOf(each.path) === name);
  const sameBytes = candidates.find((each) => each.contentHash === contentHash);
  if (sameBytes || !passage) return sameBytes ?? null;
  const read = candidates
    .slice(0, MAX_NAMESAKES)
    .map((document) => ({ document, chunks: store.documentChunks(document.row) }));
  const found =
    read.find(({ chunks }) => samePassage(chunks, passage)) ??
    read.find(({ chunks }) => editedPassage(chunks, passage));
  return found?.document ?? null;
}

/** Of several with this text, the nearest to where it stood. */
function samePassage(chunks: readonly Chunk[], { textHash, start }: FeedbackPassage): Chunk | null {
  const same = chunks.filter(({ text }) => Buffer.compare(sha256Short(text), textHash) === 0);
  const distance = ({ span }: Chunk): number => Math.abs(span.start - start);
  return same.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

function editedPassage(chunks: readonly Chunk[], { sketch }: FeedbackPassage): Chunk | null {
  let best: Chunk | null = null;
  let most = SAME_PASSAGE;
  for (const chunk of chunks) {
    const share = shareKept(sketch, chunk.text);
    if (share < most || (best && share === most)) continue;
    best = chunk;
    most = share;
  }
  return best;
}

const nameOf = (path: string): string => path.split('/').at(-1) ?? path;
