import type Database from 'better-sqlite3';
import * as sqliteVec from 'sqlite-vec';
import { RagError } from '../../platform/errors.ts';

/** Connections of this thread that use sqlite-vec, of the plain binding and of the one with a cipher. */
const connections = { plain: 0, cipher: 0 };

/**
 * Loads sqlite-vec into a connection. Its library keeps the functions of the SQLite that loaded it last, for all connections
 * of the process: with both bindings at once one would call into the other. Throws DB_KEY where the other is in use.
 */
export function loadVectors(database: Database.Database, isEncrypted: boolean): void {
  const [mine, other] = isEncrypted ? (['cipher', 'plain'] as const) : (['plain', 'cipher'] as const);
  if (connections[other] > 0) {
    throw new RagError('DB_KEY', {
      message: 'An encrypted database and one that is not cannot be open in one process.',
      hint: 'Close the other one first, or open this one in a process of its own.',
    });
  }
  sqliteVec.load(database);
  connections[mine]++;
  const close = database.close.bind(database);
  database.close = () => {
    if (database.open) connections[mine]--;
    return close();
  };
}
