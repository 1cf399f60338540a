import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MAX_RECORD_BYTES, readRecord } from '../../src/app/record/read-record.ts';
import type { AskRecord } from '../../src/app/record/types.ts';
import { messageOf, RagError } from '../../src/platform/errors.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { formatBytes } from '../../src/present/text/quantities.ts';

/** A record holds texts of documents: nobody else may read it. */
const OWNER_ONLY = 0o600;
const MAX_NAME = 40;

type Named = { readonly question: string; readonly now: number };

/** Where a record goes: the file that is named, or one in the folder. Throws USAGE for a file that is there already. */
export function recordPath(target: string, workingFolder: string, { question, now }: Named): string {
  const path = resolve(workingFolder, target);
  const isFolder = /[\\/]$/.test(target) || (existsSync(path) && statSync(path).isDirectory());
  const file = isFolder ? join(path, nameOf(question, now)) : path;
  if (!existsSync(file)) return file;
  throw new RagError('USAGE', { message: `${file} is there already.`, hint: 'Name another file, or a folder.' });
}

/** `20260301-101500-who-approves-travel.json`. */
function nameOf(question: string, now: number): string {
  const time = new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const words = question
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME);
  return `${time}-${words.replace(/^-+|-+$/g, '') || 'question'}.json`;
}

export function writeRecord(path: string, record: AskRecord): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, renderEnvelope('rag.record/1', record), { flag: 'wx', mode: OWNER_ONLY });
  } catch (cause) {
    const message = `The record could not be written to ${path}: ${messageOf(cause)}.`;
    throw new RagError('SOURCE_FAILED', { message, hint: 'Name a place that can be written to.', cause });
  }
}

/** Throws SOURCE_MISSING for a file that cannot be read, USAGE for what is no record. */
export function readRecordFile(target: string, workingFolder: string): AskRecord {
  const path = resolve(workingFolder, target);
  let bytes: Buffer;
  try {
    const facts = statSync(path);
    // A device or a pipe has no size, and may have no end.
    if (!facts.isFile()) throw new Error('it is not a regular file');
    if (facts.size > MAX_RECORD_BYTES) throw tooLarge(path, facts.size);
    bytes = readFileSync(path);
  } catch (cause) {
    if (cause instanceof RagError) throw cause;
    const hint = '`rag ask … --record <file>` writes one.';
    throw new RagError('SOURCE_MISSING', {
      message: `There is no record at ${path}: ${messageOf(cause)}.`,
      hint,
      cause,
    });
  }
  return readRecord(parsed(bytes, path));
}

function parsed(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    const hint = '`rag ask … --record <file>` writes one.';
    throw new RagError('USAGE', { message: `${path} is no record: it is not JSON.`, hint, cause });
  }
}

const tooLarge = (path: string, size: number): RagError =>
  new RagError('USAGE', {
    message: `${path} has ${formatBytes(size)}; a record has at most ${formatBytes(MAX_RECORD_BYTES)}.`,
    hint: '`rag ask … --record <file>` writes one.',
  });
