import { centralSentences } from '../../answer/central-sentences.ts';
import type { Extract } from '../../answer/extract-answer.ts';
import { estimatePromptTokens } from '../../answer/prompt-tokens.ts';
import type { Chunk } from '../../domain/chunk.ts';
import type { SearchFilter } from '../../domain/search.ts';
import { makeSnippet } from '../../retrieve/make-snippet.ts';
import { readDocumentQuestion } from '../../retrieve/query/document-question.ts';
import { readableText } from '../../retrieve/readable-text.ts';
import type { Store, StoredDocument } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { withPlace } from '../places.ts';
import { findByReference } from '../references.ts';
import type { SearchHit, SearchResult } from '../types.ts';
import type { Routed } from './types.ts';

type Reading = {
  readonly filter: SearchFilter;
  /** Tokens that passages may take; null where no model reads them. */
  readonly contextTokens: number | null;
};

const MAX_SENTENCES = 5;
/** Sentences by which the passages of a document that is too long for a prompt are chosen. */
const MAX_CHOSEN = 60;
/** Of a longer document its first passages are read. */
const MAX_CHUNKS = 3000;

/**
 * For "summarize X" and its like, where X is one document by path, name or title: the document itself, as far as it fits
 * into the prompt, with its most central sentences. Null for any other question.
 */
export function readWholeDocument(context: AppContext, question: string, reading: Reading): Routed | null {
  const { store } = context;
  const name = readDocumentQuestion(question);
  const document = name === null ? null : documentCalled(store, name, reading.filter);
  if (!document) return null;
  const all = store.documentChunks(document.row);
  const chunks = all.slice(0, MAX_CHUNKS);
  const hits = chunks.map((chunk) => ({ chunk, document: document.source }));
  const text = store.documentText(document.source.documentId);
  const central = centralSentences({ hits, documentText: text, maxSentences: MAX_CHOSEN });
  const best = [...central].sort((a, b) => b.score - a.score).slice(0, MAX_SENTENCES);
  const taken =
    reading.contextTokens === null
      ? [...new Set(best.map(({ marker }) => marker))].sort((a, b) => a - b)
      : passagesThatFit(chunks, central, reading.contextTokens);
  const numbers = new Map(taken.map((marker, i) => [marker, i + 1]));
  const shown = taken.map((marker, i) => hitOf(store, document, chunks[marker - 1] as Chunk, i + 1));
  const extracts = central
    .filter((each) => best.includes(each))
    .flatMap((each): Extract[] => {
      const marker = numbers.get(each.marker);
      return marker === undefined ? [] : [{ ...each, marker }];
    });
  const part = taken.length < all.length ? `${taken.length} of its ${all.length} passages` : 'all of it';
  const note =
    reading.contextTokens === null
      ? `Read as a question about the whole of ${document.path}: its most central sentences, from ${all.length} passages.`
      : `Read as a question about the whole of ${document.path}: ${part} went to the model.`;
  return { result: resultOf(question, shown, note), extracts };
}

/** One document of this path, file name (with or without its extension) or title; null where none or several are. */
function documentCalled(store: Store, name: string, filter: SearchFilter): StoredDocument | null {
  const passing = (found: readonly StoredDocument[]): readonly StoredDocument[] =>
    found.filter(({ row }) => store.passesFilter(row, filter));
  const named = passing(findByReference(store, name));
  if (named.length > 0) return named.length === 1 ? (named[0] as StoredDocument) : null;
  const wanted = plain(name);
  const called = store
    .documents(filter, Number.MAX_SAFE_INTEGER, 0)
    .filter(({ path, source }) => plain(source.title) === wanted || plain(stemOf(path)) === wanted);
  return called.length === 1 ? (called[0] as StoredDocument) : null;
}

const stemOf = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.[^.]+$/, '');

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^()]*\)/g, ' ')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
    .replace(/^(?:the|a|an) /, '')
    // What people add to the name of any document.
    .replace(/ (?:policy|document|file|page|guide|note|handbook)$/, '');

/** All passages where they fit; else the first, then those with the most central sentences; in the order of the document. */
function passagesThatFit(chunks: readonly Chunk[], central: readonly Extract[], maxTokens: number): number[] {
  const weights = new Map<number, number>();
  for (const { marker, score } of central) weights.set(marker, (weights.get(marker) ?? 0) + score);
  const order = chunks
    .map((_, i) => i + 1)
    .sort((a, b) => Number(b === 1) - Number(a === 1) || (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || a - b);
  const taken: number[] = [];
  let used = 0;
  for (const marker of order) {
    const tokens = estimatePromptTokens((chunks[marker - 1] as Chunk).text) + FENCE_TOKENS;
    if (used + tokens > maxTokens) continue;
    used += tokens;
    taken.push(marker);
  }
  // A single passage that is too long is cut where it is packed.
  return taken.length > 0 ? taken.sort((a, b) => a - b) : order.slice(0, 1);
}

/** What title, section and place of a passage take in a prompt, on the long side. */
const FENCE_TOKENS = 80;

export function hitOf(store: Store, { source, path }: StoredDocument, chunk: Chunk, rank: number): SearchHit {
  const text = readableText(chunk.text, source.type, [source.title, ...chunk.headingPath]);
  const snippet = makeSnippet(text, []);
  return withPlace(store, { chunk, document: source, path, rank, score: 1, signals: [], snippet });
}

const resultOf = (query: string, hits: readonly SearchHit[], note: string): SearchResult => ({
  query,
  mode: 'lexical',
  hits,
  elapsedMs: 0,
  notes: [note],
  explanation: {
    terms: [],
    dropped: [],
    phrases: [],
    kind: 'document',
    excluded: [],
    filters: [],
    legs: [],
    fusion: 'none: the document was read',
  },
  route: { kind: 'document', note },
});
