import type { Explanation, PassageExplanation } from '../../../app/explain/types.ts';
import { locationOf } from '../../text/location.ts';

/**
 * Data of `rag.explain/1`. `passages[].parts[].adds` add up to `passages[].score`; `cut` is null for a passage that the
 * search shows. `missing` is why the reference names no document, else null.
 */
export const explainToJson = (explanation: Explanation) => ({
  ...explanation,
  passages: explanation.passages.map((passage) => passageToJson(passage, explanation.document?.uri ?? '')),
});

const passageToJson = (passage: PassageExplanation, uri: string) => ({
  ...passage,
  location: locationOf({ uri, page: passage.page, lines: passage.lines }),
});
