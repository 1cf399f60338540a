import { sha256Short } from '../../platform/hash.ts';
import type { StoredChunk } from '../../store/types.ts';
import { embedText } from '../ingest/embed-text.ts';

/**
 * What was embedded of a stored passage. Whether its document's title came from its text, and so is part of that, or from
 * a file name, is not stored; the hash of what was embedded tells.
 */
export function textOfPassage({ chunk, document }: StoredChunk, hash: Uint8Array): string {
  const withTitle = embedText(document.title, chunk.headingPath, chunk.text);
  const without = embedText(null, chunk.headingPath, chunk.text);
  return Buffer.compare(sha256Short(without), hash) === 0 ? without : withTitle;
}
