import { type EntityKind, entityKinds } from '../../graph/entity-kinds.ts';

/** Numbers and dates stand beside anything and tie nothing together. */
const loose = new Set<EntityKind>(['date', 'money', 'quantity', 'version']);

/** By index into entityKinds. */
export const isLoose = (kind: number): boolean => loose.has(entityKinds[kind]?.kind ?? 'name');
