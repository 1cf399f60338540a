import { setImmediate } from 'node:timers/promises';
import { encodeMentions } from '../../graph/encode-mentions.ts';
import { extractByStretches } from '../../graph/extract-by-stretches.ts';
import { throwIfAborted } from '../../platform/errors.ts';
import { sha256Short } from '../../platform/hash.ts';
import type { StateChange, StoreWriter, VersionContent, VersionRow } from '../../store/types.ts';
import { agreedSpace } from '../agreed-space.ts';
import type { AppContext } from '../app-context.ts';
import { embedText } from '../ingest/embed-text.ts';
import { linkDocumentTitles } from '../ingest/link-document-titles.ts';
import { waitForWriteLock } from '../wait-for-write-lock.ts';

/** Texts that the embedder gets at once. */
const EMBED_BATCH = 256;
/** So many documents are looked at before others get their turn. */
const BATCH = 50;

export type RestoreTask = {
  /** Asked again where another process wrote in between. */
  readonly change: () => StateChange;
  /** See RestoreOptions.pin; null: nothing holds the files back. */
  readonly pin: { readonly reason: string } | null;
  /** In the same transaction. */
  readonly also?: (writer: StoreWriter) => void;
  readonly signal?: AbortSignal;
};

type Ports = Pick<AppContext, 'store' | 'embedder' | 'runtime'>;

/**
 * Brings documents back to versions that they had, in one transaction. What versions name is found before that, and passages
 * for which no vector stayed, as after a change of the model, are embedded. Returns what was changed.
 */
export async function restoreState(ports: Ports, { change, pin, also, signal }: RestoreTask): Promise<StateChange> {
  const { store } = ports;
  const mentions = new Map<VersionRow, Uint8Array>();
  const vectors = new Map<string, Float32Array>();
  for (;;) {
    await waitForWriteLock(ports, signal);
    const wanted = change();
    await prepare(ports, wanted.put, { mentions, vectors, signal });
    const generation = store.generation();
    const done = store.write((writer) => {
      const now = change();
      if (store.generation() !== generation || now.put.some((version) => !mentions.has(version))) return null;
      writer.restoreState(now, { mentions, vectors, ...(pin && { pin }) });
      also?.(writer);
      return now;
    });
    if (!done) continue;
    await linkDocumentTitles(store, { signal });
    return done;
  }
}

async function prepare(
  ports: Ports,
  versions: readonly VersionRow[],
  {
    mentions,
    vectors,
    signal,
  }: { mentions: Map<VersionRow, Uint8Array>; vectors: Map<string, Float32Array>; signal?: AbortSignal },
): Promise<void> {
  const { store, embedder } = ports;
  const texts = new Map<string, string>();
  for (const [i, version] of versions.entries()) {
    if (i % BATCH === 0) await setImmediate();
    throwIfAborted(signal);
    if (mentions.has(version)) continue;
    const content = store.versionContent(version);
    mentions.set(version, encodeMentions(extractByStretches(content)));
    const lacking = store.versionLacksVectors(version);
    for (const chunk of lacking.size > 0 ? content.chunks : []) {
      const key = Buffer.from(chunk.embedHash).toString('hex');
      if (lacking.has(key) && !vectors.has(key)) texts.set(key, embeddedText(content, chunk));
    }
  }
  if (texts.size === 0) return;
  await agreedSpace(ports, signal);
  const all = [...texts];
  for (let start = 0; start < all.length; start += EMBED_BATCH) {
    const batch = all.slice(start, start + EMBED_BATCH);
    const made = await embedder.embedPassages(
      batch.map(([, text]) => text),
      signal,
    );
    batch.forEach(([key], i) => {
      const vector = made[i];
      if (vector) vectors.set(key, vector);
    });
  }
}

/** Whether the title is part of it is not stored; the hash of what was embedded tells. */
function embeddedText({ title, text }: VersionContent, chunk: VersionContent['chunks'][number]): string {
  const { span, headingPath, embedHash } = chunk;
  const own = text.slice(span.start, span.end);
  const without = embedText(null, headingPath, own);
  return Buffer.compare(sha256Short(without), embedHash) === 0 ? without : embedText(title, headingPath, own);
}
