import type { TagSuggestions } from '../../../app/understanding/types.ts';

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(4)));

/** Data of `rag.tag-suggestions/1`. `heldOut`: how right such suggestions were of tagged documents that were held out. */
export const tagSuggestionsToJson = (found: TagSuggestions) => ({
  minConfidence: found.minConfidence,
  tagged: found.tagged,
  untagged: found.untagged,
  tooFew: found.tooFew,
  heldOut: found.figures.map(({ precision, recall, ...counts }) => ({
    ...counts,
    precision: rounded(precision),
    recall: rounded(recall),
  })),
  applied: found.applied,
  suggestions: found.suggestions.map(({ documentId, path, tags }) => ({
    documentId,
    path,
    tags: tags.map(({ tag, confidence }) => ({ tag, confidence: rounded(confidence) })),
  })),
});
