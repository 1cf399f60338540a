import { RagError } from '../../platform/errors.ts';
import type { StoreWriter } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { one } from '../references.ts';
import { factsFromStored, fillFacts } from './fill-facts.ts';
import { findDuplicates } from './find-duplicates.ts';
import { keywords } from './keywords.ts';
import { suggestTags } from './suggest-tags.ts';
import type { TaggedDocument, Understanding } from './types.ts';

const MAX_KEYWORDS = 12;

export function createUnderstanding({ store, runtime }: AppContext): Understanding {
  const today = (): string => new Date(runtime.clock.now()).toISOString().slice(0, 10);
  const changeTags = (reference: string, work: (writer: StoreWriter, row: number) => void): TaggedDocument => {
    const { row, source } = one(store, reference);
    store.write((writer) => work(writer, row));
    const { path, tags } = one(store, source.documentId);
    return { path, tags };
  };
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
    tags() {
      const counts = new Map<string, number>();
      for (const { tags } of store.documents({}, Number.MAX_SAFE_INTEGER, 0)) {
        for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
      }
      return [...counts]
        .map(([tag, documents]) => ({ tag, documents }))
        .sort((a, b) => b.documents - a.documents || (a.tag < b.tag ? -1 : 1));
    },
    tag: (reference, tags) =>
      changeTags(reference, (writer, row) => {
        for (const tag of tags.map(checkedTag)) writer.tagDocument(row, tag);
      }),
    untag: (reference, tags) =>
      changeTags(reference, (writer, row) => {
        for (const tag of tags) writer.untagDocument(row, tag);
      }),
    suggestTags: (options = {}) => suggestTags(store, options),
    async duplicates(options = {}) {
      await fillFacts(store, options);
      return findDuplicates(store, options);
    },
  };
}

const MAX_TAG_LENGTH = 64;

function checkedTag(tag: string): string {
  const trimmed = tag.trim();
  if (trimmed !== '' && trimmed.length <= MAX_TAG_LENGTH && !/[,\p{Cc}]/u.test(trimmed)) return trimmed;
  throw new RagError('USAGE', {
    message: `${JSON.stringify(tag.slice(0, MAX_TAG_LENGTH))} cannot be a tag.`,
    hint: `A tag has 1 to ${MAX_TAG_LENGTH} characters, and no comma.`,
  });
}
