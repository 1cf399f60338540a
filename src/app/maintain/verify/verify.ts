import type { AppContext } from '../../app-context.ts';
import { waitForWriteLock } from '../../wait-for-write-lock.ts';
import type { MendedDocument, VerifyEvent, VerifyOptions, VerifyProblem } from '../types.ts';
import { compareVectors } from './compare-vectors.ts';
import { documentProblems } from './document-problems.ts';
import { mendDocument } from './mend-document.ts';

/** More tell nobody anything new. */
const MAX_PROBLEMS = 1000;
const PROGRESS_EVERY_MS = 200;

/**
 * Checks the file, then each document against its passages, sections, words and vectors. What others write meanwhile is
 * seen or not, each document as it is at one moment.
 */
export async function* verify(context: AppContext, options: VerifyOptions = {}): AsyncIterable<VerifyEvent> {
  const { store, runtime } = context;
  const { embedAgain = false, mend = false, signal } = options;
  const started = runtime.clock.now();
  const problems: VerifyProblem[] = [];
  const mended: MendedDocument[] = [];
  let problemCount = 0;
  let [documents, passages, vectors, embedded] = [0, 0, 0, 0];
  const tell = (problem: VerifyProblem): void => {
    problemCount++;
    if (problems.length < MAX_PROBLEMS) problems.push(problem);
  };

  for (const message of [...store.checkIntegrity(), ...store.strayEntries()]) {
    tell({ path: null, passage: null, kind: 'file', message: asSentence(message) });
  }
  for (const { path, number } of store.damagedVersions(MAX_PROBLEMS)) {
    tell({ path, passage: null, kind: 'text', message: `Its former version ${number} cannot be read back.` });
  }
  const rows = store.documentRows();
  let toldAt = started;
  for (const [at, row] of rows.entries()) {
    if (signal?.aborted) break;
    const record = store.documentRecord(row);
    if (!record) continue;
    documents++;
    passages += record.passages.length;
    vectors += record.passages.filter(({ vector }) => vector !== null).length;
    const found = documentProblems(record);
    if (embedAgain && store.space()) {
      found.push(...(await compareVectors(context, record, signal)));
      embedded += record.passages.length;
    }
    for (const problem of found) tell({ path: record.path, ...problem });
    if (mend && found.length > 0) {
      await waitForWriteLock(context, signal);
      const how = mendDocument(store, record, { row, problems: found });
      mended.push({ path: record.path, how });
    }
    const now = runtime.clock.now();
    if (now - toldAt >= PROGRESS_EVERY_MS) {
      toldAt = now;
      yield { type: 'verify-progress', done: at + 1, total: rows.length, path: record.path };
      // Whoever reads the events may have asked to stop.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  yield {
    type: 'verify-end',
    report: {
      documents,
      passages,
      vectors,
      embedded,
      problems,
      problemCount,
      mended,
      interrupted: signal?.aborted ?? false,
      elapsedMs: runtime.clock.now() - started,
    },
  };
}

const asSentence = (message: string): string =>
  `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.$/, '')}.`;
