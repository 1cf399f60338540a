import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMember } from '../../../parse/container/read-member.ts';
import { fileAccess, type RandomAccess } from '../../../parse/random-access.ts';
import type { ItemContent } from '../../../source/types.ts';
import { readingOf } from '../reading-of.ts';
import type { ExpandTask } from './expand-task.ts';

type Tables = { readonly users: RandomAccess | null; readonly comments: RandomAccess | null };

/** Opens the tables that stand beside the posts of a Stack Exchange dump, while the work is done. */
export function withTables({ content, spool, limits }: ExpandTask, work: (tables: Tables) => void): void {
  const as = readingOf(content);
  const opened: number[] = [];
  const open = (table: ItemContent | null): RandomAccess | null => {
    if (!table || table.kind === 'bytes') return null;
    const descriptor = openSync(table.kind === 'file' ? table.path : fileOf(table), 'r');
    opened.push(descriptor);
    if (table.kind === 'member' && !table.entry) return fileAccess(descriptor, table);
    return fileAccess(descriptor, { start: 0, length: fstatSync(descriptor).size });
  };
  const fileOf = (table: ItemContent & { readonly kind: 'member' }): string => {
    if (!table.entry) return table.file;
    const file = join(spool, randomBytes(12).toString('hex'));
    writeFileSync(file, readMember(table, limits.maxFileBytes), { mode: 0o600, flag: 'wx' });
    return file;
  };
  try {
    if (as?.format === 'stack-exchange') work({ users: open(as.users), comments: open(as.comments) });
    else work({ users: null, comments: null });
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}
