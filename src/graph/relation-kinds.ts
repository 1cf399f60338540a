/** Kinds of relations, in the order of the numbers under which they are stored: new ones go to the end. */
export const relationKinds = [
  'is a',
  'part of',
  'located in',
  'works for',
  'founded',
  'replaces',
  'depends on',
  'links to',
  'also called',
  'born in',
  'member of',
  'wrote',
  'directed',
  'owns',
  'uses',
] as const;

export type RelationKind = (typeof relationKinds)[number];
