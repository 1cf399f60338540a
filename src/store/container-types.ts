import type { DocumentId } from '../domain/ids.ts';
import type { SourceRow } from './types.ts';

/** A file that held many documents, as it was when all of them had been read. */
export type KnownContainer = {
  readonly uri: string;
  readonly size: number | null;
  readonly mtimeMs: number | null;
  /** sha256 of its bytes, hex. */
  readonly contentHash: string;
  /** Documents and failures of its members that were stored then; where fewer are left, it has to be opened again. */
  readonly members: number;
};

export type ContainerStore = {
  /** By URI. */
  containers(source: SourceRow): Map<string, KnownContainer>;
  /** URIs of those that other sources of the collection hold. */
  containersElsewhere(collection: string, source: SourceRow): ReadonlySet<string>;
  /** The file that the document is a part of; null when it is a file of its own, or gone. */
  containerOf(id: DocumentId): KnownContainer | null;
};

export type ContainerWriter = {
  putContainer(source: SourceRow, container: KnownContainer): void;
  removeContainer(source: SourceRow, uri: string): void;
};
