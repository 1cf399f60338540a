import { lstatSync } from 'node:fs';
import { exportReading } from '../../source/export-reading.ts';
import type { ExportReading, ItemContent } from '../../source/types.ts';

/** How an item is read that is a part of another program's export: in an archive by what is beside it there, else on the disk. */
export function readingOf(content: ItemContent): ExportReading | null {
  if (content.kind === 'member') return content.as ?? null;
  return content.kind === 'file' ? exportReading(content.path.replaceAll('\\', '/'), onDisk) : null;
}

function onDisk(path: string): ItemContent | null {
  try {
    return lstatSync(path).isFile() ? { kind: 'file', path } : null;
  } catch {
    // Not there: then it is no such export.
    return null;
  }
}
