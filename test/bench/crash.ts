/**
 * Kills an ingest with SIGKILL at random moments. After each the database must pass its checks and hold whole
 * documents only, and the next sync must complete.
 *
 *   npm run bench:crash -- [--times 20] [--files 6000] [--seed 1]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { openKnowledgeBase, RagError } from '../../src/index.ts';
import { writeMarkdownFolder } from './shared/markdown-folder.ts';
import { randomFrom } from './shared/random.ts';
import { ragScript, runRag } from './shared/run-rag.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    files: { type: 'string', default: '6000' },
    seed: { type: 'string', default: '1' },
  },
});
const files = Number(values.files);
const random = randomFrom(Number(values.seed));
const folder = mkdtempSync(join(tmpdir(), 'rag-crash-'));
let problems = 0;
try {
  const notes = join(folder, 'notes');
  writeMarkdownFolder(notes, files, Number(values.seed));
  const whole = await runRag(['add', notes, '--db', join(folder, 'whole.db')]);
  console.log(`An undisturbed ingest of ${files} files takes ${(whole.wallMs / 1000).toFixed(1)} s.`);
  console.log('   killed after   documents   whole   integrity   next sync');
  for (let time = 1; time <= Number(values.times); time++) {
    const db = join(folder, `${time}.db`);
    const afterMs = Math.round(random() * whole.wallMs);
    await killIngest(notes, db, afterMs);
    const { documents, broken, integrity, sources } = await check(db);
    // Killed before the source was remembered, there is nothing to sync.
    const next = await runRag(sources > 0 ? ['sync', '--db', db] : ['add', notes, '--db', db]);
    const after = await check(db);
    const complete = next.status === 0 && after.documents === files && after.broken === 0 && after.integrity === 'ok';
    if (broken > 0 || integrity !== 'ok' || !complete) problems++;
    const cells = [
      `${afterMs} ms`.padStart(15),
      String(documents).padStart(12),
      (broken === 0 ? 'yes' : `${broken} not`).padStart(8),
      integrity.padStart(12),
    ];
    console.log(
      cells.join('') +
        (complete ? 'complete' : `status ${next.status}, ${after.documents} documents, ${after.integrity}`).padStart(
          12,
        ),
    );
    rmSync(db, { force: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(problems === 0 ? 'Nothing was lost.' : `${problems} of ${values.times} went wrong.`);
process.exitCode = problems === 0 ? 0 : 1;

async function killIngest(notes: string, db: string, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [ragScript, 'add', notes, '--db', db], { stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  await once(child, 'exit');
  clearTimeout(timer);
}

type Check = { documents: number; broken: number; integrity: string; sources: number };

/** What is in the file, read both through the program's own check and past it. */
async function check(db: string): Promise<Check> {
  try {
    const kb = await openKnowledgeBase({ path: db, create: false });
    const sources = kb.status().sources.length;
    const checks = await kb.doctor();
    kb.close();
    const database = checks.find(({ name }) => name === 'database');
    const raw = new Database(db, { readonly: true });
    const documents = raw.prepare('SELECT count(*) FROM documents').pluck().get() as number;
    const broken = raw
      .prepare(
        `SELECT count(*) FROM documents WHERE chunk_count <> (SELECT count(*) FROM chunks WHERE document_id = documents.id)
           OR text_length <> (SELECT sum(length(text)) FROM document_texts WHERE document_id = documents.id)`,
      )
      .pluck()
      .get() as number;
    raw.close();
    return {
      documents,
      broken,
      sources,
      integrity: database?.status === 'ok' ? 'ok' : (database?.message ?? 'unknown'),
    };
  } catch (error) {
    // Killed before the file was made.
    if (error instanceof RagError && error.code === 'DB_MISSING')
      return { documents: 0, broken: 0, integrity: 'ok', sources: 0 };
    throw error;
  }
}
