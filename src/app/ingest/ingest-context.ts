import type { SafeFetchSettings } from '../../platform/http/exchange.ts';
import { createProcessPool, type ProcessPool } from '../../platform/process-pool.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { programVersion } from '../../platform/version.ts';
import { createSourceLister } from '../../source/registry.ts';
import type { SourceListing, SourceSpec } from '../../source/types.ts';
import type { AppContext } from '../app-context.ts';
import type { WorkerReply, WorkerTask } from './parse-task.ts';
import { parseWorkerEntry } from './parse-worker-entry.ts';
import { withAlsoRead } from './programs/also-read.ts';
import type { SiteReply, SiteTask } from './site/site-task.ts';
import { workerCount } from './worker-count.ts';

/** What ingesting needs besides: the drivers of the sources, and processes that parse. */
export type IngestContext = AppContext & {
  readonly listSource: (spec: SourceSpec, runtime: Runtime) => Promise<SourceListing>;
  readonly startPool: () => ProcessPool<WorkerTask, WorkerReply>;
  /** How pages of sites are asked for. */
  readonly http: SafeFetchSettings;
  /** One worker that reads what leads from page to page. */
  readonly startSitePool: () => ProcessPool<SiteTask, SiteReply>;
};

export function ingestContext(context: AppContext): IngestContext {
  const { http, ingest, parse } = context.settings;
  const version = programVersion();
  const proxy = { http: http.proxy, https: http.proxy, no: http.noProxy };
  const limits = { timeoutMs: parse.timeoutMs, maxMemoryBytes: parse.maxMemoryMb * 2 ** 20 };
  const list = createSourceLister({ version, proxy });
  return {
    ...context,
    http: { userAgent: `ragstone/${version}`, proxy },
    startSitePool: () => createProcessPool({ entry: parseWorkerEntry(), size: 1, ...limits }),
    listSource: (spec, runtime) => list(withAlsoRead(spec, context.settings), runtime),
    startPool: () =>
      createProcessPool({
        entry: parseWorkerEntry(),
        size: workerCount(ingest.workers),
        ...limits,
      }),
  };
}
