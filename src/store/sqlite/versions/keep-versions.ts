import { isRagError } from '../../../platform/errors.ts';
import type { VersionEnd } from '../../version-types.ts';
import type { createArchive, DocumentColumns, Kept } from './archive.ts';

/** A document that is about to be taken away or changed, and what follows once that is done. */
export type Leaving = {
  /** `successor`: the document that stands in its place; null when there is none. */
  done(successor: number | null, reason: string): void;
};

export type KeepOptions = {
  readonly archive: ReturnType<typeof createArchive>;
  /** The setting; what a snapshot needs is kept anyway. */
  readonly isOn: boolean;
  readonly now: () => string;
};

const isDamage = (error: unknown): boolean => isRagError(error) && error.code === 'DB_DAMAGED';

/** The part of a write of documents that keeps what they were. */
export function createVersionKeeper({ archive, isOn, now }: KeepOptions) {
  const leaving = (document: DocumentColumns, kept: Kept | null, ended: VersionEnd): Leaving => ({
    done(successor, reason) {
      const end = successor === null && ended !== 'restored' ? 'deleted' : ended;
      if (kept) {
        const version = archive.add(kept, { ended: end, successor, now: now() });
        if (successor !== null) archive.succeed(successor, reason, { version });
      } else if (successor !== null) archive.succeed(successor, reason, document);
      else archive.leave(document, now());
    },
  });
  return {
    /**
     * Before a document is removed, or moved (`stays` is null then). `stays`: hashes, hex, of passages that its successor has
     * as well. Null when there is no such document.
     */
    before(row: number, ended: VersionEnd, stays: ReadonlySet<string> | null): Leaving | null {
      const document = archive.documentOf(row);
      if (!document) return null;
      try {
        if (isOn || archive.isNeeded(document)) {
          const kept = archive.take(document);
          if (stays) archive.keepVectors(kept, stays);
          return leaving(document, kept, ended);
        }
        archive.detach(document);
      } catch (error) {
        // What is damaged cannot be kept, and must not keep anybody from replacing it.
        if (!(error instanceof SyntaxError || error instanceof TypeError || isDamage(error))) throw error;
      }
      return leaving(document, null, ended);
    },
    /** A document that is put where one was removed goes on with its history. */
    comeBack: archive.comeBack,
  };
}
