import { readFileSync, statSync } from 'node:fs';

/** Byte of the `-shm` file that a writer locks in WAL mode. Source: SQLite, "WAL-mode File Format", WAL_WRITE_LOCK. */
const WRITE_LOCK_BYTE = 120;

/** `1: POSIX  ADVISORY  WRITE 25785 fe:00:2255413 120 120`: kind, process, device and inode, first and last byte. */
const LOCK = /^\d+: (?:POSIX|OFDLCK)\s+\w+\s+WRITE\s+(\d+)\s+[\da-f]+:[\da-f]+:(\d+)\s+(\d+)\s+(\d+|EOF)/;

/** The process that is writing to the database; null where the system does not tell, or nobody is. */
export function lockHolder(path: string, locks = readLocks()): number | null {
  const inode = statSync(`${path}-shm`, { throwIfNoEntry: false })?.ino;
  if (inode === undefined) return null;
  for (const line of locks.split('\n')) {
    const [, pid, file, first, last] = LOCK.exec(line) ?? [];
    if (Number(file) !== inode || Number(first) > WRITE_LOCK_BYTE) continue;
    // A process of another container has the number 0 or less.
    if ((last === 'EOF' || Number(last) >= WRITE_LOCK_BYTE) && Number(pid) > 0) return Number(pid);
  }
  return null;
}

function readLocks(): string {
  try {
    return readFileSync('/proc/locks', 'utf8');
  } catch {
    // Only Linux has it.
    return '';
  }
}
