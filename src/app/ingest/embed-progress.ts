import type { Clock } from '../../platform/runtime.ts';

/** A model that is done within this time needs no progress. */
const TELL_AFTER_MS = 500;
/** Often enough for a progress bar. */
const TELL_EVERY_MS = 200;

/** Counts passages that get vectors in one run, and tells of it where that takes its time. */
export type EmbedProgress = {
  /** Documents that are to be read, as they are found. */
  expectDocuments(count: number): void;
  documentRead(): void;
  /** A batch begins. */
  begin(texts: number): void;
  embedded(texts: number): void;
};

/** Passages that are not read yet are estimated from those of the documents that are. */
export function createEmbedProgress(clock: Clock, tell: (done: number, total: number) => void): EmbedProgress {
  const documents = { read: 0, expected: 0 };
  const texts = { done: 0, known: 0 };
  let beganAt = 0;
  let toldAt = 0;
  return {
    expectDocuments: (count) => {
      documents.expected += count;
    },
    documentRead: () => {
      documents.read++;
    },
    begin(count) {
      texts.known += count;
      beganAt = clock.now();
    },
    embedded(count) {
      texts.done += count;
      const now = clock.now();
      if (now - beganAt < TELL_AFTER_MS || now - toldAt < TELL_EVERY_MS) return;
      toldAt = now;
      const rest = Math.max(0, documents.expected - documents.read);
      tell(texts.done, texts.known + Math.round((texts.known / Math.max(1, documents.read)) * rest));
    },
  };
}
