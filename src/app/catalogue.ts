import type { Answer } from '../domain/answer.ts';
import type { DocumentConditions, SearchFilter } from '../domain/search.ts';
import {
  type CatalogueQuestion,
  readCatalogueQuestion,
  type Superlative,
} from '../retrieve/query/catalogue-question.ts';
import type { Store, StoredDocument } from '../store/types.ts';
import type { AppContext } from './app-context.ts';
import type { AskEvent, SearchResult } from './types.ts';

/** `Answer.model` of an answer that was counted or listed, not read. */
export const CATALOGUE_MODEL = 'catalogue';

/** A longer list is for `rag ls`. */
const MAX_LISTED = 50;

/**
 * Answers "how many PDFs are there" and "which documents were changed this month" exactly, from what is stored of the
 * documents. Null for any other question, and for one that names a tag, folder or collection that does not exist.
 */
export async function answerFromCatalogue(
  { store, runtime }: Pick<AppContext, 'store' | 'runtime'>,
  question: string,
  filter: SearchFilter,
): Promise<readonly AskEvent[] | null> {
  const asked = await readCatalogueQuestion(question, runtime.clock.now());
  if (!asked || asked.named.some((each) => store.countDocuments(each) === 0)) return null;
  const wanted = { ...filter, also: [...(filter.also ?? []), asked.conditions, ...asked.named] };
  const count = store.countDocuments(wanted);
  const text =
    asked.first && count > 0
      ? textOfFirst(store.documents(wanted, Number.MAX_SAFE_INTEGER, 0), asked, asked.first)
      : asked.asks === 'count'
        ? `${describe(count, asked)}${isWhole(wanted) ? typesOf(store) : ''}.`
        : `${describe(count, asked)}${count > 0 ? ':' : '.'}${listOf(store.documents(wanted, MAX_LISTED, 0), count)}`;
  const answer: Answer = {
    question,
    text,
    model: CATALOGUE_MODEL,
    citations: [],
    hits: [],
    usage: { inputTokens: 0, outputTokens: 0 },
    support: 'supported',
    warnings: [],
  };
  return [
    { type: 'search-end', result: noSearch(question) },
    { type: 'text-delta', text },
    { type: 'answer-end', answer },
  ];
}

/** The newest or oldest of the documents, with their days; those that have no date come last. */
function textOfFirst(documents: readonly StoredDocument[], asked: CatalogueQuestion, first: Superlative): string {
  const timeOf = ({ source, indexedAt }: StoredDocument): string | null =>
    first.by === 'added' ? indexedAt : source.modifiedAt;
  const sign = first.order === 'oldest' ? 1 : -1;
  const sorted = [...documents].sort((a, b) => {
    const [own, other] = [timeOf(a), timeOf(b)];
    if (own === null || other === null) return Number(own === null) - Number(other === null);
    return sign * (Date.parse(own) - Date.parse(other)) || (a.path < b.path ? -1 : 1);
  });
  const shown = sorted.slice(0, Math.min(first.count, MAX_LISTED));
  const head = `The ${shown.length === 1 ? '' : `${shown.length} `}${first.order} of ${describe(documents.length, asked)}, by when ${shown.length === 1 ? 'it was' : 'they were'} ${first.by}:`;
  const lines = shown.map((document) => {
    const day = timeOf(document)?.slice(0, 10);
    return `\n- ${document.path} (${document.source.title})${day ? `, ${first.by} ${day}` : ''}`;
  });
  return `${head}${lines.join('')}`;
}

/** `3 documents of type pdf, tagged hr, changed from 2026-05-01 to 2026-05-31`. */
function describe(count: number, { conditions, named }: CatalogueQuestion): string {
  const { types, since, until } = conditions;
  const parts = [
    ...(types ? [`of type ${types.join(' or ')}`] : []),
    ...named.map(nameOf),
    ...(since && until ? [`changed from ${since.slice(0, 10)} to ${until.slice(0, 10)}`] : []),
    ...(since && !until ? [`changed since ${since.slice(0, 10)}`] : []),
    ...(until && !since ? [`changed up to ${until.slice(0, 10)}`] : []),
  ];
  return `${count} ${count === 1 ? 'document' : 'documents'}${parts.length > 0 ? ` ${parts.join(', ')}` : ''}`;
}

const nameOf = ({ tags, paths, collections }: DocumentConditions): string =>
  tags ? `tagged ${tags.join(', ')}` : paths ? `in the folder ${paths.join(', ')}` : `in the collection ${collections}`;

const isWhole = ({ also, ...filter }: SearchFilter): boolean =>
  [filter, ...(also ?? [])].every((each) => Object.values(each).every((value) => value === undefined));

function typesOf(store: Store): string {
  const types = Object.entries(store.typeCounts());
  return types.length > 1 ? `: ${types.map(([type, count]) => `${count} ${type}`).join(', ')}` : '';
}

const listOf = (documents: readonly StoredDocument[], count: number): string =>
  [
    ...documents.map(({ path, source }) => {
      const day = source.modifiedAt?.slice(0, 10);
      return `\n- ${path}${source.title && source.title !== path ? ` (${source.title})` : ''}${day ? `, changed ${day}` : ''}`;
    }),
    ...(count > documents.length ? [`\n- and ${count - documents.length} more; \`rag ls\` lists them all`] : []),
  ].join('');

const COUNTED = 'This was counted in the catalogue of the documents, not read in them.';

const noSearch = (query: string): SearchResult => ({
  query,
  mode: 'lexical',
  hits: [],
  elapsedMs: 0,
  notes: [COUNTED],
  route: { kind: 'catalogue', note: COUNTED },
  explanation: {
    terms: [],
    dropped: [],
    phrases: [],
    kind: 'counting',
    excluded: [],
    filters: [],
    legs: [],
    fusion: 'none: answered from the catalogue',
  },
});
