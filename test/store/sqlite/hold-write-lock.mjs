// Holds the write lock of a database for a while: node hold-write-lock.mjs <path> <milliseconds>. Says "locked" first.
import Database from 'better-sqlite3';

const [path, milliseconds] = process.argv.slice(2);
const database = new Database(path);
database.exec('BEGIN IMMEDIATE');
database.prepare("UPDATE meta SET value = value + 1 WHERE key = 'generation'").run();
process.send('locked');
setTimeout(() => {
  database.exec('COMMIT');
  database.close();
  process.disconnect();
}, Number(milliseconds));
