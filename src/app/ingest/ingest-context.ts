import { createProcessPool, type ProcessPool } from '../../platform/process-pool.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { programVersion } from '../../platform/version.ts';
import { createSourceLister } from '../../source/registry.ts';
import type { SourceListing, SourceSpec } from '../../source/types.ts';
import type { AppContext } from '../app-context.ts';
import type { WorkerReply, WorkerTask } from './parse-task.ts';
import { parseWorkerEntry } from './parse-worker-entry.ts';
import { workerCount } from './worker-count.ts';

/** What ingesting needs besides: the drivers of the sources, and processes that parse. */
export type IngestContext = AppContext & {
  readonly listSource: (spec: SourceSpec, runtime: Runtime) => Promise<SourceListing>;
  readonly startPool: () => ProcessPool<WorkerTask, WorkerReply>;
};

export function ingestContext(context: AppContext): IngestContext {
  const { http, ingest, parse } = context.settings;
  return {
    ...context,
    listSource: createSourceLister({
      version: programVersion(),
      proxy: { http: http.proxy, https: http.proxy, no: http.noProxy },
    }),
    startPool: () =>
      createProcessPool({
        entry: parseWorkerEntry(),
        size: workerCount(ingest.workers),
        timeoutMs: parse.timeoutMs,
        maxMemoryBytes: parse.maxMemoryMb * 2 ** 20,
      }),
  };
}
