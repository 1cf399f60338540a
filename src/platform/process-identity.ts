import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { isRunning } from './is-running.ts';

/** Which process it was, in a way that a later process of the same number is not taken for it. */
export type ProcessIdentity = {
  readonly pid: number;
  /** Changes with every start of the machine; empty where the system does not tell. */
  readonly boot: string;
  /** Where its number means something: numbers of two containers have nothing to do with each other. */
  readonly namespace: string;
  /** When it started, in ticks of the system; empty where the system does not tell. */
  readonly start: string;
};

/** Of a process of this machine that runs. */
export const identityOf = (pid: number): ProcessIdentity => ({
  pid,
  boot: bootId(),
  namespace: pidNamespace(),
  start: startOf(pid) ?? '',
});

/** `unknown`: it may live where it cannot be seen from here. No clock is asked. */
export function livenessOf(identity: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  if (identity.boot !== bootId()) return 'dead';
  if (identity.namespace !== pidNamespace()) return 'unknown';
  if (!isRunning(identity.pid)) return 'dead';
  if (identity.start === '') return 'unknown';
  return startOf(identity.pid) === identity.start ? 'alive' : 'dead';
}

const bootId = (): string => textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? '';

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    // Only Linux has them.
    return hostname();
  }
}

/** Field 22 of /proc/<pid>/stat, counted behind the name, which may hold anything. A process that nobody waited for is dead. */
function startOf(pid: number): string | null {
  const fields = textOf(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields === undefined || fields[0] === 'Z' ? null : (fields[19] ?? null);
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not Linux, or the process is gone.
    return null;
  }
}
