import { foundation } from './0001-foundation.ts';

/** In order; the n-th takes a database from version n-1 to n. Released entries are never edited. */
export const migrations: readonly string[] = [foundation];
