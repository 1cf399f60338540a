import { splitSentences } from '../../answer/split-sentences.ts';
import type { Span } from '../../domain/span.ts';
import type { Store } from '../../store/types.ts';
import type { GraphIndex } from './graph-index.ts';
import type { Evidence } from './types.ts';

const MAX_SENTENCE = 320;

/** The sentence of a chunk that names all the entities; else one for each of them. Null when the chunk is gone. */
export function evidenceOf(
  store: Store,
  index: GraphIndex,
  chunk: number,
  entities: readonly number[],
): Evidence | null {
  const row = index.raw.chunkRows[chunk] as number;
  const stored = store.chunks([row]).get(row);
  if (!stored) return null;
  const { chunk: passage, document, path } = stored;
  const { text, span } = passage;
  const sentences = splitSentences(text, { layout: layoutOf(document.type) }).map((sentence) => sentence.span);
  const lower = text.toLowerCase();
  const places = entities.flatMap((entity) => {
    const own = index.spanIn(chunk, entity);
    if (!own) return [];
    const start = own.start - span.start;
    return [{ start, end: own.end - span.start, name: lower.slice(start, own.end - span.start) }];
  });
  const whole = sentences.find(({ start, end }) => {
    const sentence = lower.slice(start, end);
    return places.length > 0 && places.every(({ name }) => sentence.includes(name));
  });
  const picked: Span[] = whole
    ? [whole]
    : places.flatMap((place) => sentences.find(({ start, end }) => start <= place.start && place.start < end) ?? []);
  const shown = picked.length > 0 ? picked : sentences.slice(0, 1);
  const parts = [...new Set(shown)]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ' ').trim().slice(0, MAX_SENTENCE));
  return {
    chunkId: passage.id,
    document,
    path,
    page: passage.page,
    lines: passage.lines,
    sentence: parts.join(' … '),
  };
}

const layoutOf = (type: string): 'prose' | 'lines' | 'code' =>
  type === 'csv' || type === 'tsv' ? 'lines' : type === 'code' ? 'code' : 'prose';
