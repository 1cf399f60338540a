import type { ContextResult, PackedPassage, SearchHit } from '../../../app/types.ts';
import { locationOf } from '../../text/location.ts';

/** `text` is what the passage says: of passages that follow one another, as one; `cut` where only its beginning fitted. */
export const packedPassageToJson = ({ marker, hit, text }: PackedPassage) => ({
  number: marker,
  title: hit.document.title,
  ...('path' in hit ? { path: (hit as SearchHit).path } : {}),
  location: locationOf({ uri: hit.document.uri, page: hit.chunk.page, lines: hit.chunk.lines }),
  headingPath: hit.chunk.headingPath,
  page: hit.chunk.page,
  lines: hit.chunk.lines,
  chunkId: hit.chunk.id,
  span: { start: hit.chunk.span.start, end: hit.chunk.span.start + text.length },
  rank: hit.rank,
  ...(hit.validity ? { validity: hit.validity } : {}),
  ...(text.length < hit.chunk.text.length ? { cut: true } : {}),
  text,
});

/** Data of `rag.context/1`. `tokens` are those of the whole output, on the long side, and at most `budget`. */
export const contextToJson = ({ question, budgetTokens, tokens, passages, found }: ContextResult) => ({
  question,
  budget: budgetTokens,
  tokens,
  notes: found.notes,
  ...(found.route ? { route: found.route } : {}),
  passages: passages.map(packedPassageToJson),
});
