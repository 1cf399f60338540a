import type { Span } from '../domain/span.ts';
import { decodeMentions } from './encode-mentions.ts';
import { mentionsOf } from './extract-mentions.ts';
import { keyOfNormalized, normalizeName } from './normalize-name.ts';
import { scanTitles, type TitleIndex } from './scan-titles.ts';
import type { ChunkMentions, EntityKey } from './types.ts';

export type LinkInput = {
  readonly text: string;
  readonly chunks: readonly { readonly span: Span }[];
  readonly titles: TitleIndex;
  /** The document's mentions, as they are stored. */
  readonly packed: Uint8Array | null;
  /** Keys that the document itself goes by. */
  readonly names: readonly EntityKey[];
};

export type TitleLinks = {
  readonly chunks: readonly ChunkMentions[];
  /** Places where it says the title of another document, or links to one. */
  readonly count: number;
};

/**
 * What each chunk of a document says of the titles of other documents. What is among its mentions anyway is left out.
 */
export function linkTitles({ text, chunks, titles, packed, names }: LinkInput): TitleLinks {
  const own = new Set(names);
  const found = scanTitles(text, titles).map((occurrence) => ({
    ...occurrence,
    key: keyOfNormalized(normalizeName(text.slice(occurrence.start, occurrence.end))),
  }));
  const there = packed ? decodeMentions(packed) : [];
  const known = there.map(({ mentions }) => new Set(mentions.map(({ key }) => key)));
  const targets = there.flatMap(({ mentions }) => mentions.filter(({ kind }) => kind === 'document'));
  const linked = chunks.map(({ span }, i) => {
    const { mentions } = mentionsOf(span, found, []);
    return { mentions: mentions.filter(({ key }) => !known[i]?.has(key)), relations: [] };
  });
  return { chunks: linked, count: [...found, ...targets].filter(({ key }) => !own.has(key)).length };
}
