import type { Span } from '../domain/span.ts';
import { decodeMentions } from './encode-mentions.ts';
import { mentionsOf } from './extract-mentions.ts';
import { keyOfNormalized, normalizeName } from './normalize-name.ts';
import { scanTitles, type TitleIndex } from './scan-titles.ts';
import type { ChunkMentions } from './types.ts';

export type LinkInput = {
  readonly text: string;
  readonly chunks: readonly { readonly span: Span }[];
  readonly titles: TitleIndex;
  /** The document's mentions, as they are stored. */
  readonly packed: Uint8Array | null;
};

/**
 * What each chunk of a document says of the titles of other documents. What is among its mentions anyway is left out.
 */
export function linkTitles({ text, chunks, titles, packed }: LinkInput): ChunkMentions[] {
  const found = scanTitles(text, titles).map((occurrence) => ({
    ...occurrence,
    key: keyOfNormalized(normalizeName(text.slice(occurrence.start, occurrence.end))),
  }));
  const known = packed ? decodeMentions(packed).map(({ mentions }) => new Set(mentions.map(({ key }) => key))) : [];
  return chunks.map(({ span }, i) => {
    const { mentions } = mentionsOf(span, found, []);
    return { mentions: mentions.filter(({ key }) => !known[i]?.has(key)), relations: [] };
  });
}
