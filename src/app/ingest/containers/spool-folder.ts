import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../../../platform/is-running.ts';

/** The number of the process stands in the name, so that a later run knows what a killed one left behind. */
const NAME = /^ragstone-spool-(\d{1,10})-/;

export type SpoolFolder = {
  /** A new folder in it, for one container. Only its owner can read it. */
  open(): string;
  remove(): void;
};

/** A place for what is unpacked while it is read; nothing is made before it is wanted. */
export function createSpoolFolder(parent = tmpdir()): SpoolFolder {
  let root: string | null = null;
  return {
    open() {
      if (root === null) {
        removeLeftBehind(parent);
        root = mkdtempSync(join(parent, `ragstone-spool-${process.pid}-`));
      }
      return mkdtempSync(join(root, 'container-'));
    },
    remove() {
      if (root !== null) rmSync(root, { recursive: true, force: true });
      root = null;
    },
  };
}

function removeLeftBehind(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // Another user's; that user's next run removes it.
    }
  }
}
