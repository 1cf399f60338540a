/**
 * Kinds of entities, in the order of the numbers under which they are stored: new ones go to the end.
 * `isOpaque`: never merged with another name, because one character makes it another thing.
 */
export const entityKinds = [
  { kind: 'name', about: 'a name of unknown kind' },
  { kind: 'person', about: 'a person' },
  { kind: 'organisation', about: 'a company, authority, institute, team' },
  { kind: 'place', about: 'a country, town, street, river' },
  { kind: 'product', about: 'a product with its version or model' },
  { kind: 'event', about: 'a war, festival, cup, conference' },
  { kind: 'work', about: 'a title in quotation marks or emphasis' },
  { kind: 'document', about: 'the title of a document of this knowledge base, or what a link points to' },
  { kind: 'section', about: 'a heading' },
  { kind: 'symbol', about: 'a name in program code', isOpaque: true },
  { kind: 'file', about: 'a file name or path', isOpaque: true },
  { kind: 'email', about: 'an e-mail address', isOpaque: true },
  { kind: 'url', about: 'a web address', isOpaque: true },
  { kind: 'date', about: 'a day, month or quarter', isOpaque: true },
  { kind: 'money', about: 'an amount of money', isOpaque: true },
  { kind: 'quantity', about: 'a number with a unit', isOpaque: true },
  { kind: 'identifier', about: 'a ticket, invoice, standard or serial number', isOpaque: true },
  { kind: 'acronym', about: 'an abbreviation of capitals' },
  { kind: 'concept', about: 'a term that the text defines or that is written as one' },
  { kind: 'tag', about: 'a hash tag or @name', isOpaque: true },
  { kind: 'version', about: 'a version number', isOpaque: true },
] as const;

export type EntityKind = (typeof entityKinds)[number]['kind'];

export const kindNumber: ReadonlyMap<EntityKind, number> = new Map(entityKinds.map(({ kind }, i) => [kind, i]));

/** Numbers of kinds whose names never merge with others. */
export const opaqueKinds: ReadonlySet<EntityKind> = new Set(
  entityKinds.flatMap((entry) => ('isOpaque' in entry ? [entry.kind] : [])),
);
