import type { DocumentId } from '../domain/ids.ts';
import { sha256Hex } from '../platform/hash.ts';

/** 64 bits of the hash: stable over edits, different in each collection. */
export const documentIdOf = (collection: string, uri: string): DocumentId =>
  sha256Hex(`${collection}\0${uri}`).slice(0, 16) as DocumentId;
