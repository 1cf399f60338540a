import type Database from 'better-sqlite3';
import { RagError } from '../../../platform/errors.ts';
import type { StoredSnapshot } from '../../version-types.ts';

/** Moments that have a name. */
export function createSnapshots(database: Database.Database, now: () => string) {
  const all = database.prepare<[], StoredSnapshot>(
    'SELECT name, at, generation, documents FROM snapshots ORDER BY generation, name',
  );
  const one = database.prepare<[string], StoredSnapshot>('SELECT * FROM snapshots WHERE name = ?');
  const insert = database.prepare(`
    INSERT INTO snapshots SELECT ?, ?, (SELECT value + 1 FROM meta WHERE key = 'generation'), count(*) FROM documents`);
  const remove = database.prepare('DELETE FROM snapshots WHERE name = ?');
  return {
    all: (): StoredSnapshot[] => all.all(),
    put(name: string): StoredSnapshot {
      const there = one.get(name);
      if (there) {
        throw new RagError('USAGE', {
          message: `There is a snapshot "${name}" already, of ${there.at}.`,
          hint: `Choose another name, or take that one away: rag snapshot remove ${name}.`,
        });
      }
      insert.run(name, now());
      return one.get(name) as StoredSnapshot;
    },
    remove: (name: string): boolean => remove.run(name).changes > 0,
  };
}
