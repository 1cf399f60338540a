import type { Settings } from '../../config/types.ts';
import { createProcessPool } from '../../platform/process-pool.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { programVersion } from '../../platform/version.ts';
import { createSourceLister } from '../../source/registry.ts';
import { resolveSources } from '../../source/resolve-sources.ts';
import { stdinUri } from '../../source/stdin.ts';
import type { SourceItem } from '../../source/types.ts';
import type { ParseReply, ParseTask } from '../ingest/parse-task.ts';
import { parseWorkerEntry } from '../ingest/parse-worker-entry.ts';
import { readItem } from '../ingest/read-item.ts';
import { workerCount } from '../ingest/worker-count.ts';
import { scanText, sumScan } from './scan-text.ts';
import type { PiiCount, PiiDocument, PiiScan } from './types.ts';

/** Of what a listing leaves out, what may hold text all the same: who asks for personal data must know of it. */
const NOT_LOOKED_AT: ReadonlySet<string> = new Set(['unreadable', 'too-large']);

export type ScanFilesOptions = {
  readonly settings: Settings;
  readonly runtime: Runtime;
  readonly workingFolder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, path: string) => void;
};

/** Looks through files, folders and pages without storing anything. Throws as `resolveSources` does, and OFFLINE. */
export async function scanTarget(target: string, options: ScanFilesOptions): Promise<PiiScan> {
  const { settings, runtime, signal, workingFolder } = options;
  const { http } = settings;
  const sourceOptions = { maxFileBytes: settings.source.maxFileBytes, allowPrivate: settings.source.allowPrivate };
  const specs = await resolveSources(target, sourceOptions, workingFolder);
  const list = createSourceLister({
    version: programVersion(),
    proxy: { http: http.proxy, https: http.proxy, no: http.noProxy },
  });
  const items: SourceItem[] = [];
  const failures: { path: string; message: string }[] = [];
  for (const spec of specs) {
    if (spec.kind === 'url' && settings.offline) {
      failures.push({ path: spec.uri, message: 'It is not fetched while offline.' });
      continue;
    }
    const listing = await list(spec, { ...runtime, signal });
    items.push(...listing.items);
    if (listing.root === 'missing') failures.push({ path: spec.uri, message: listing.reason ?? 'It is not there.' });
    for (const { path, message, code } of listing.skipped)
      if (NOT_LOOKED_AT.has(code)) failures.push({ path, message });
  }
  return scanItems(items, options, failures);
}

/** Looks through bytes under a name. */
export const scanBytes = (bytes: Uint8Array, name: string, options: ScanFilesOptions): Promise<PiiScan> =>
  scanItems(
    [{ uri: stdinUri(name), path: name, size: null, mtimeMs: null, content: { kind: 'bytes', bytes } }],
    options,
  );

async function scanItems(
  items: readonly SourceItem[],
  { settings, signal, onProgress }: ScanFilesOptions,
  failures: { path: string; message: string }[] = [],
): Promise<PiiScan> {
  const workers = workerCount(settings.ingest.workers);
  const pool = createProcessPool<ParseTask, ParseReply>({
    entry: parseWorkerEntry(),
    size: workers,
    timeoutMs: settings.parse.timeoutMs,
    maxMemoryBytes: settings.parse.maxMemoryMb * 2 ** 20,
  });
  const onAbort = () => pool.close();
  signal?.addEventListener('abort', onAbort, { once: true });
  // A mailbox is looked through as one text, and an archive not at all.
  const whole = { ...settings, source: { ...settings.source, containers: false } };
  const found: (PiiDocument | null)[] = items.map(() => null);
  const scanned = (
    { path, uri }: SourceItem,
    { text, firstLine }: { text: string; firstLine: number | null },
    counts: readonly PiiCount[],
  ): PiiDocument => ({ path, uri, places: [], ...scanText({ path, uri, text, firstLine }, settings), counts });
  let next = 0;
  let done = 0;
  let read = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length && !signal?.aborted; index = next++) {
      const item = items[index] as SourceItem;
      const reply = await readItem({ settings: whole }, { source: { options: { pii: 'report' } }, pool }, item, null);
      if (reply.status === 'failed' && reply.code !== 'PARSE_LEFT_OUT')
        failures.push({ path: item.path, message: reply.message });
      if (reply.status === 'parsed') {
        read++;
        if (reply.pii && reply.pii.length > 0) found[index] = scanned(item, reply.document, reply.pii);
      }
      onProgress?.(++done, items.length, item.path);
    }
  };
  try {
    await Promise.all(Array.from({ length: workers * 2 }, work));
  } finally {
    signal?.removeEventListener('abort', onAbort);
    pool.close();
  }
  return sumScan(
    found.filter((document) => document !== null),
    read,
    failures,
  );
}
