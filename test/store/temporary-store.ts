import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as sqliteVec from 'sqlite-vec';
import { afterEach } from 'vitest';
import { createStore } from '../../src/store/sqlite/create-store.ts';
import type { Store } from '../../src/store/types.ts';
import { fixedClock } from '../../src/testing/fixed-clock.ts';

const undo: (() => void)[] = [];

afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
});

/** A path for a database in a folder of its own, gone after the test. */
export function temporaryDatabasePath(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rag-store-')));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'rag.db');
}

/** A store in a new file, or in the one at `path`; closed after the test. */
export function openTemporaryStore(path = temporaryDatabasePath(), options: { readOnly?: boolean } = {}): Store {
  const store = createStore({ path, create: true, readOnly: options.readOnly ?? false, clock: fixedClock() });
  undo.push(() => store.close());
  return store;
}

/** A plain connection to the file of a store, to look behind its port. */
export function openRaw(path: string): Database.Database {
  const database = new Database(path);
  sqliteVec.load(database);
  undo.push(() => database.close());
  return database;
}
