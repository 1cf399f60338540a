import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AnswerEvent } from '../answer/answer-question.ts';
import type { Answer } from '../domain/answer.ts';
import { parseChunkId } from '../domain/ids.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { KnownItem, Store } from '../store/types.ts';

/** Larger files are compared by size and time alone. */
const MAX_HASHED_BYTES = 8 * 1024 * 1024;
/** An answer cites a handful of files; more are not looked at. */
const MAX_FILES = 20;

/** What became of a file since it was read. */
type Change = 'changed' | 'gone';

/**
 * The events of an answer; at its end it says which of the files that it cites have changed, or are gone, since they were
 * read, and marks their citations. A file with another time but the same bytes has not changed.
 */
export async function* withStaleSources(
  store: Pick<Store, 'knownItem' | 'containerOf'>,
  events: AsyncIterable<AnswerEvent>,
): AsyncGenerator<AnswerEvent> {
  for await (const event of events) {
    yield event.type === 'answer-end' ? { ...event, answer: await checkSources(store, event.answer) } : event;
  }
}

async function checkSources(store: Pick<Store, 'knownItem' | 'containerOf'>, answer: Answer): Promise<Answer> {
  const cited = new Set(answer.citations.flatMap(({ chunkId }) => parseChunkId(chunkId)?.documentId ?? []));
  const changes = new Map<string, Change>();
  const warnings: string[] = [];
  for (const documentId of [...cited].slice(0, MAX_FILES)) {
    const item = store.knownItem(documentId);
    // What lies in an archive is as old as the archive.
    const change = item && (await changeOf(store.containerOf(documentId) ?? item));
    if (!item || !change) continue;
    changes.set(documentId, change);
    warnings.push(
      change === 'gone'
        ? `${item.path}, which the answer cites, is no longer where it was read from; \`rag sync\` forgets it.`
        : `${item.path}, which the answer cites, has changed since it was read; \`rag sync\` reads it again.`,
    );
  }
  if (changes.size === 0) return answer;
  const citations = answer.citations.map((citation) => {
    const documentId = parseChunkId(citation.chunkId)?.documentId;
    return documentId && changes.has(documentId) ? { ...citation, stale: true as const } : citation;
  });
  return { ...answer, citations, warnings: [...answer.warnings, ...warnings] };
}

async function changeOf({
  uri,
  size,
  mtimeMs,
  contentHash,
}: Pick<KnownItem, 'uri' | 'size' | 'mtimeMs' | 'contentHash'>): Promise<Change | null> {
  if (!/^file:\/\/[^#?]*$/.test(uri) || mtimeMs === null) return null;
  try {
    const path = fileURLToPath(uri);
    const now = await stat(path);
    if (!now.isFile()) return 'gone';
    if (now.size !== size) return 'changed';
    if (Math.trunc(now.mtimeMs) === Math.trunc(mtimeMs)) return null;
    if (contentHash === null || now.size > MAX_HASHED_BYTES) return 'changed';
    return sha256Hex(await readFile(path)) === contentHash ? null : 'changed';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // What may not be read now tells nothing.
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : null;
  }
}
