import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openKnowledgeBase } from '../../src/app/open-knowledge-base.ts';
import { temporaryFolder } from './temporary-knowledge-base.ts';

const built = new URL('../../dist/index.js', import.meta.url);
const script = fileURLToPath(new URL('ingest-in-process.mjs', import.meta.url));

/** Ingests the folder in a process of its own; resolves with what it reported. */
function ingestInProcess(database: string, folder: string): Promise<{ code: number | null; message: unknown }> {
  return new Promise((resolve) => {
    const child = fork(script, [built.href, database, folder]);
    let message: unknown;
    child.on('message', (received) => {
      message = received;
    });
    child.on('exit', (code) => resolve({ code, message }));
  });
}

test.skipIf(!existsSync(built))(
  'several processes make a new database and fill it at the same time (needs `npm run build`)',
  async () => {
    const path = join(temporaryFolder().path, 'new', 'rag.db');
    const folders = [0, 1, 2, 3].map((which) =>
      temporaryFolder(
        Object.fromEntries(
          Array.from({ length: 50 }, (_, i) => [`${which}-${i}.md`, `# Document ${i}\n\ntext of process ${which}`]),
        ),
      ),
    );
    const results = await Promise.all(folders.map((folder) => ingestInProcess(path, folder.path)));
    for (const result of results) expect(result).toEqual({ code: 0, message: { added: 50, failed: 0 } });
    const knowledgeBase = await openKnowledgeBase({ path });
    try {
      expect(knowledgeBase.status()).toMatchObject({ documents: 200, sources: { length: 4 }, failures: [] });
      expect((await knowledgeBase.doctor()).find(({ name }) => name === 'database')).toMatchObject({ status: 'ok' });
    } finally {
      knowledgeBase.close();
    }
  },
);
