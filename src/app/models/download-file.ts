import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { makeFolder } from '../../platform/make-folder.ts';

/** A connection that brings nothing for so long brings nothing more. */
const IDLE_MS = 60_000;

export type Download = {
  /** Without credentials. */
  readonly url: string;
  /** Sent along, to this host only. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absolute path; what is not yet whole stands beside it as `.part`. */
  readonly file: string;
  readonly fetch: typeof globalThis.fetch;
  /** Told before the first byte, and with each further one: bytes there, and of all where the server tells it. */
  readonly onBytes: (done: number, total: number | null) => void;
  readonly signal?: AbortSignal;
};

export type DownloadResult = { readonly status: 'done'; readonly bytes: number } | { readonly status: 'missing' };

/** What a server answers instead of the file. */
export class DownloadRefused extends Error {
  constructor(readonly status: number) {
    super(`status ${status}`);
  }
}

/**
 * Downloads one file. One that was begun goes on where it ended, and one that is whole stays, if the server still has the
 * same (its `ETag`, kept beside as `.etag`). It gets its name when it is whole. Throws DownloadRefused, or what the network or the disk says.
 */
export async function downloadFile({ url, headers, file, fetch, onBytes, signal }: Download): Promise<DownloadResult> {
  const part = `${file}.part`;
  const tagFile = `${file}.etag`;
  makeFolder(dirname(file));
  const tag = readIfThere(tagFile);
  const whole = tag ? (statSync(file, { throwIfNoEntry: false })?.size ?? null) : null;
  const begun = tag ? (statSync(part, { throwIfNoEntry: false })?.size ?? 0) : 0;
  const idle = new AbortController();
  const stop = signal ? AbortSignal.any([signal, idle.signal]) : idle.signal;
  const watch = setTimeout(() => idle.abort(new Error(`nothing came for ${IDLE_MS / 1000} seconds`)), IDLE_MS);
  try {
    const response = await fetch(url, { headers: { ...headers, ...conditions({ tag, whole, begun }) }, signal: stop });
    if (response.status === 404) return { status: 'missing' };
    if (response.status === 304 && whole !== null) {
      onBytes(whole, whole);
      return { status: 'done', bytes: 0 };
    }
    if (response.status === 416) {
      // What stands there is no part of the file any more.
      rmSync(part, { force: true });
      rmSync(tagFile, { force: true });
    }
    if (!response.ok || !response.body) throw new DownloadRefused(response.status);
    const start = response.status === 206 ? begun : 0;
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    // A body that is encoded has another length than the file.
    const isPlain = !response.headers.get('content-encoding');
    const total = isPlain && Number.isFinite(length) ? start + length : null;
    const etag = response.headers.get('etag');
    // What the server no longer has: beside the new tag it would be taken for what that stands for.
    rmSync(file, { force: true });
    // A weak tag says nothing of single bytes, so that nothing can be added to what it stands for.
    if (etag && !etag.startsWith('W/')) writeFileSync(tagFile, etag);
    else rmSync(tagFile, { force: true });
    let done = start;
    onBytes(done, total);
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0], { signal: stop });
    const handle = await open(part, start > 0 ? 'a' : 'w');
    try {
      for await (const piece of body as AsyncIterable<Buffer>) {
        await handle.writeFile(piece);
        done += piece.length;
        watch.refresh();
        onBytes(done, total);
      }
    } finally {
      await handle.close();
    }
    if (total !== null && done !== total) throw new Error(`it ended after ${done} of ${total} bytes`);
    renameSync(part, file);
    return { status: 'done', bytes: done - start };
  } finally {
    clearTimeout(watch);
  }
}

/** What is whole is not sent again, and of what was begun only the rest, if the server has the same. */
function conditions(there: { tag: string | null; whole: number | null; begun: number }): Record<string, string> {
  const { tag, whole, begun } = there;
  if (!tag) return {};
  if (whole !== null) return { 'if-none-match': tag };
  return begun > 0 ? { range: `bytes=${begun}-`, 'if-range': tag } : {};
}

const readIfThere = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8') : null);
