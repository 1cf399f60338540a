import { describeConditions } from '../../domain/describe-conditions.ts';
import type { DocumentConditions, SearchFilter } from '../../domain/search.ts';
import type { DocumentRow, Store } from '../../store/types.ts';
import type { FilterCheck } from './types.ts';

/** Each condition of the filters by itself: those that were given, those of the query, and what the query leaves out. */
export function checkFilters(
  store: Pick<Store, 'passesFilter'>,
  document: DocumentRow,
  { also = [], except = [], ...given }: SearchFilter,
): FilterCheck[] {
  const asked = [given, ...also].flatMap(singleConditions);
  return [
    ...asked.map((condition) => ({
      asked: describeConditions(condition),
      passes: store.passesFilter(document, condition),
    })),
    ...except.map((condition) => ({
      asked: `not ${describeConditions(condition)}`,
      passes: store.passesFilter(document, { except: [condition] }),
    })),
  ];
}

/** One for each thing that is asked, so that the one that fails can be named. */
function singleConditions({
  collections,
  types,
  paths,
  tags,
  languages,
  kinds,
  warned,
  since,
  until,
}: DocumentConditions): DocumentConditions[] {
  return [
    ...(collections?.length ? [{ collections }] : []),
    ...(types?.length ? [{ types }] : []),
    ...(paths?.length ? [{ paths }] : []),
    ...(tags ?? []).map((tag) => ({ tags: [tag] })),
    ...(languages?.length ? [{ languages }] : []),
    ...(kinds?.length ? [{ kinds }] : []),
    ...(warned ? [{ warned }] : []),
    ...(since ? [{ since }] : []),
    ...(until ? [{ until }] : []),
  ];
}
