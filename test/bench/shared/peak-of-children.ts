import { readFileSync } from 'node:fs';

export type PeakOfChildren = {
  /** Largest resident memory that any child process has had, in bytes; 0 where /proc does not tell. */
  readonly bytes: () => number;
  readonly stop: () => void;
};

const INTERVAL_MS = 50;

/** Watches the processes that this one starts. The kernel keeps each one's peak, so that nothing is missed between two looks. */
export function peakOfChildren(): PeakOfChildren {
  let peak = 0;
  const look = (): void => {
    for (const pid of childrenOf(process.pid)) peak = Math.max(peak, peakBytes(pid));
  };
  const timer = setInterval(look, INTERVAL_MS);
  timer.unref();
  return { bytes: () => peak, stop: () => clearInterval(timer) };
}

function childrenOf(pid: number): string[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
}

const peakBytes = (pid: string): number =>
  Number(/^VmHWM:\s*(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // The process is gone, or this is no Linux.
    return '';
  }
}
