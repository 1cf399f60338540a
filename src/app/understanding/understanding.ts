import type { AppContext } from '../app-context.ts';
import { one } from '../references.ts';
import { factsFromStored, fillFacts } from './fill-facts.ts';
import { findDuplicates } from './find-duplicates.ts';
import { keywords } from './keywords.ts';
import type { Understanding } from './types.ts';

const MAX_KEYWORDS = 12;

export function createUnderstanding({ store, runtime }: AppContext): Understanding {
  const today = (): string => new Date(runtime.clock.now()).toISOString().slice(0, 10);
  return {
    async facts(reference) {
      const { row, path, source } = one(store, reference);
      const facts = store.factsOf(row) ?? (await factsFromStored(store, row))?.facts;
      const { id, text, language } = store.document(row);
      const known = facts ?? { language, kind: null, kindBecause: [], warnings: [], dates: null };
      const { until = null, status = null, supersededBy = [] } = known.dates ?? {};
      return {
        documentId: id,
        path,
        title: source.title,
        facts: known,
        keywords: keywords(text, { language: known.language, countWords: store.wordCounts, limit: MAX_KEYWORDS }),
        words: text.match(/[\p{L}\p{N}\p{M}]+/gu)?.length ?? 0,
        characters: text.length,
        isExpired: (until !== null && until < today()) || status === 'superseded' || supersededBy.length > 0,
      };
    },
    expired: (limit) => store.expired(today(), limit),
    fill: (options) => fillFacts(store, options),
    async duplicates(options = {}) {
      await fillFacts(store, options);
      return findDuplicates(store, options);
    },
  };
}
