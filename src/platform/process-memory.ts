import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Linux tells sizes in pages; 4 KiB on every machine that Node 20 has builds for, but for some arm64 kernels. */
const PAGE_BYTES = 4096;

/** Resident bytes of a process; 0 when it cannot be told. Linux by /proc, elsewhere by `ps`. */
export async function residentBytes(pid: number): Promise<number> {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES;
  } catch {
    // No /proc here, or the process is gone.
  }
  return await new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], { timeout: 2000 }, (error, stdout) => {
      resolve(error ? 0 : Number(stdout.trim()) * 1024 || 0);
    });
  });
}
