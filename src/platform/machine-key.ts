import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { sha256Hex } from './hash.ts';

/**
 * What nobody but this user of this machine is likely to know, hex: made from the number that the system gave the machine, or
 * from its name where there is none. It tells a thing of one's own from a stranger's, and keeps no secret.
 */
export const machineKey = (): string => sha256Hex(`ragstone\0${machineId()}\0${userInfo().uid}`);

function machineId(): string {
  for (const path of ['/etc/machine-id', '/var/lib/dbus/machine-id']) {
    try {
      const id = readFileSync(path, 'utf8').trim();
      if (id !== '') return id;
    } catch {
      // Only Linux has it.
    }
  }
  return hostname();
}
