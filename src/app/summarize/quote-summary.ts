import { EXTRACTIVE_MODEL } from '../../answer/answer-question.ts';
import { centralSentences } from '../../answer/central-sentences.ts';
import { type Extract, renderExtracts } from '../../answer/extract-answer.ts';
import type { Answer, Citation } from '../../domain/answer.ts';
import type { Store } from '../../store/types.ts';
import type { SearchHit } from '../types.ts';
import type { ReadDocument } from './read-passages.ts';

/** Candidates of each document for one summary of several. */
const CANDIDATES_OF_ONE = 3;

type Chosen = { readonly hit: SearchHit; readonly extract: Extract };

/** The most central sentences, word for word: of one document, or of the most central ones of each, in their order. */
export function quoteSummary(
  store: Pick<Store, 'documentText'>,
  documents: readonly ReadDocument[],
  { subject, points, query }: { readonly subject: string; readonly points: number; readonly query?: string },
): Answer {
  const chosen =
    documents.length === 1 ? bestOf(documents[0] as ReadDocument, points) : acrossAll(documents, points, query);
  const hits: SearchHit[] = [];
  const extracts = chosen.map(({ hit, extract }): Extract => {
    const known = hits.findIndex(({ chunk }) => chunk.id === hit.chunk.id);
    if (known < 0) hits.push({ ...hit, rank: hits.length + 1 });
    return { ...extract, marker: known < 0 ? hits.length : known + 1 };
  });
  const citations = extracts.map(({ marker, unit }): Citation => {
    const { chunk } = hits[marker - 1] as SearchHit;
    const verified = store.documentText(chunk.documentId, unit.span) === unit.text;
    return { marker, chunkId: chunk.id, span: unit.span, quote: unit.text, verified };
  });
  const isWhole = citations.length > 0 && citations.every(({ verified }) => verified);
  return {
    question: subject,
    text: extracts.map((extract) => `- ${renderExtracts([extract])}`).join('\n'),
    model: EXTRACTIVE_MODEL,
    citations,
    hits,
    usage: { inputTokens: 0, outputTokens: 0 },
    support: isWhole ? 'supported' : citations.length > 0 ? 'partial' : 'none',
    warnings:
      citations.length === 0 && documents.length > 0 ? ['There is no sentence in it that could be quoted.'] : [],
  };
}

function bestOf({ hits, sentences }: ReadDocument, most: number): Chosen[] {
  const best = new Set([...sentences].sort((a, b) => b.score - a.score).slice(0, most));
  return sentences
    .filter((each) => best.has(each))
    .map((extract) => ({ extract, hit: hits[extract.marker - 1] as SearchHit }));
}

/** Each candidate as a passage of its own, so that they are compared across documents. */
function acrossAll(documents: readonly ReadDocument[], points: number, query?: string): Chosen[] {
  const candidates = documents.flatMap((document) => bestOf(document, CANDIDATES_OF_ONE));
  const alone = candidates.map(({ hit, extract: { unit } }) => ({
    ...hit,
    chunk: { ...hit.chunk, text: unit.text, span: unit.span },
  }));
  const central = centralSentences({ hits: alone, documentText: null, maxSentences: points, query });
  const markers = [...new Set(central.map(({ marker }) => marker))];
  return markers.map((marker) => candidates[marker - 1] as Chosen);
}
