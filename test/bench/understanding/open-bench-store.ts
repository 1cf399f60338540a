import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/platform/runtime.ts';
import { createStore } from '../../../src/store/sqlite/create-store.ts';
import type { Store } from '../../../src/store/types.ts';

/** A store in a new file, which goes when the process ends. */
export function openBenchStore(): Store {
  const folder = mkdtempSync(join(tmpdir(), 'rag-understanding-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return createStore({ path: join(folder, 'rag.db'), create: true, readOnly: false, clock: systemClock });
}
