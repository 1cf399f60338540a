import { readdirSync, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, parse, resolve } from 'node:path';
import { RagError } from '../../platform/errors.ts';
import { sha256OfFile } from '../../platform/hash-file.ts';
import type { AppContext } from '../app-context.ts';
import { createEventChannel } from '../ingest/event-channel.ts';
import { checkedCopy } from './checked-copy.ts';
import { draftOf, removeDraft, removeLeftDrafts } from './drafts.ts';
import type { BackupEvent, BackupOptions, BackupReport } from './types.ts';

const BACKUP_FOLDER = 'backups';
/** `<name of the database>-2026-03-01T101500Z.db`: they sort by time, and no file system refuses them. */
const OWN_NAME = /-\d{4}-\d{2}-\d{2}T\d{6}Z(?:-\d+)?\.db$/;

/**
 * Copies the database as it is at one moment, checks the copy, and only then gives it its name: what stands there is
 * whole. A reader that leaves before the end stops the work.
 */
export async function* backup(context: AppContext, options: BackupOptions = {}): AsyncIterable<BackupEvent> {
  const left = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal;
  const channel = createEventChannel<BackupEvent>();
  const work = async (): Promise<void> => {
    const report = await writeBackup(context, { ...options, signal }, (progress) =>
      channel.push({ type: 'backup-progress', ...progress }),
    );
    channel.push({ type: 'backup-end', report });
    channel.end();
  };
  const finished = work().catch(channel.fail);
  try {
    yield* channel;
  } finally {
    left.abort();
    await finished;
  }
}

async function writeBackup(
  context: AppContext,
  { to, keep, overwrite = false, signal }: BackupOptions,
  onProgress: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<BackupReport> {
  const { store, runtime } = context;
  const started = runtime.clock.now();
  const { path, isOwnName } = placeOf(store.path, to, new Date(started));
  if (resolve(path) === resolve(store.path)) {
    throw new RagError('USAGE', {
      message: 'A backup cannot replace the database itself.',
      hint: 'Name another file.',
    });
  }
  if (!overwrite && statSync(path, { throwIfNoEntry: false })) {
    throw new RagError('USAGE', {
      message: `${path} is there already.`,
      hint: 'Name another file, or say --overwrite.',
    });
  }
  if (keep !== undefined && !isOwnName) {
    throw new RagError('USAGE', {
      message: '--keep counts the backups of a folder that have names of their own.',
      hint: 'Name a folder, or no place at all.',
    });
  }
  await mkdir(dirname(path), { recursive: true });
  const own = parse(store.path).name;
  removeLeftDrafts(path, isOwnName ? (name) => isBackupOf(own, name) : undefined);
  const draft = draftOf(path);
  try {
    const counts = await checkedCopy(context, { to: draft, signal, onProgress });
    const report = {
      path,
      bytes: statSync(draft).size,
      sha256: await sha256OfFile(draft, signal),
      documents: counts.documents,
      passages: counts.chunks,
    };
    await rename(draft, path);
    const removed = keep === undefined ? [] : await removeFormer(path, store.path, keep);
    return { ...report, removed, elapsedMs: runtime.clock.now() - started };
  } finally {
    removeDraft(draft);
  }
}

function placeOf(database: string, to: string | undefined, now: Date): { path: string; isOwnName: boolean } {
  const given = to === undefined ? join(dirname(database), BACKUP_FOLDER) : resolve(to);
  const isFolder = to === undefined || /[/\\]$/.test(to) || statSync(given, { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder) return { path: given, isOwnName: false };
  const stamp = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
  const name = `${parse(database).name}-${stamp}`;
  for (let count = 1; ; count++) {
    const path = join(given, `${name}${count === 1 ? '' : `-${count}`}.db`);
    if (!statSync(path, { throwIfNoEntry: false })) return { path, isOwnName: true };
  }
}

const isBackupOf = (database: string, name: string): boolean =>
  OWN_NAME.test(name) && name.replace(OWN_NAME, '') === database;

/** Of this database only, oldest first; the new one counts. */
async function removeFormer(path: string, database: string, keep: number): Promise<string[]> {
  const prefix = parse(database).name;
  const own = readdirSync(dirname(path))
    .filter((name) => isBackupOf(prefix, name))
    .map((name) => ({ name, mtimeMs: statSync(join(dirname(path), name)).mtimeMs }))
    .sort((a, b) => a.mtimeMs - b.mtimeMs)
    .map(({ name }) => name);
  const removed = own.slice(0, Math.max(0, own.length - Math.max(1, keep))).filter((name) => name !== basename(path));
  for (const name of removed) await rm(join(dirname(path), name), { force: true });
  return removed.map((name) => join(dirname(path), name));
}
