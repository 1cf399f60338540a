import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { RagError } from '../../platform/errors.ts';

/**
 * A check that the path still leads to the file that stands there now. An open database that was deleted goes on
 * working, for nobody: what is written then is lost. The check throws DB_MISSING.
 */
export function sameFileCheck(path: string): () => void {
  const place = resolve(path);
  const opened = statSync(place, { bigint: true });
  return () => {
    const now = statSync(place, { bigint: true, throwIfNoEntry: false });
    if (now?.ino === opened.ino && now.dev === opened.dev) return;
    throw new RagError('DB_MISSING', {
      message: `The database ${path} was ${now ? 'replaced' : 'deleted'} while it was open.`,
      hint: 'Run the command again, or put the file back from a copy.',
    });
  };
}
