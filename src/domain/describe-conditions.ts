import type { DocumentConditions } from './search.ts';

/** `type pdf or md`, `tag draft`, `since 2024-03-01, until 2024-03-31`. */
export function describeConditions({
  collections,
  types,
  paths,
  tags,
  symbols,
  languages,
  kinds,
  warned,
  since,
  until,
}: DocumentConditions): string {
  return [
    ...(collections ? [`collection ${collections.join(' or ')}`] : []),
    ...(types ? [`type ${types.join(' or ')}`] : []),
    ...(paths ? [`path ${paths.join(' or ')}`] : []),
    ...(tags ? [`tag ${tags.join(' and ')}`] : []),
    ...(symbols ? [`symbol ${symbols.join(' and ')}`] : []),
    ...(languages ? [`language ${languages.join(' or ')}`] : []),
    ...(kinds ? [`kind ${kinds.join(' or ')}`] : []),
    ...(warned ? ['with warnings'] : []),
    ...(since ? [`since ${since.slice(0, 10)}`] : []),
    ...(until ? [`until ${until.slice(0, 10)}`] : []),
  ].join(', ');
}
