import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

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

/** Resident bytes of all processes of a group, such as a script and what it runs; 0 when they cannot be told. proc(5). */
export async function residentBytesOfGroup(group: number): Promise<number> {
  let processes: string[];
  try {
    processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return await new Promise((resolve) => {
      execFile('ps', ['-A', '-o', 'pgid=,rss='], { timeout: 2000 }, (error, stdout) => {
        const rows = error ? [] : stdout.split('\n').map((row) => row.trim().split(/\s+/).map(Number));
        resolve(rows.reduce((sum, [of, kilobytes = 0]) => (of === group ? sum + kilobytes * 1024 : sum), 0));
      });
    });
  }
  return processes.reduce((sum, pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      // What stands before may hold spaces and brackets: it is the name of the program.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(fields[2]) === group ? sum + Number(fields[21]) * PAGE_BYTES : sum;
    } catch {
      // It ended meanwhile.
      return sum;
    }
  }, 0);
}
