import type { Settings } from '../../config/types.ts';
import type { Embedder } from '../../embed/types.ts';
import type { ProcessPool } from '../../platform/process-pool.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { SourceListing, SourceSpec } from '../../source/types.ts';
import type { Store } from '../../store/types.ts';
import type { ParseReply, ParseTask } from './parse-task.ts';

/** What ingesting needs of the rest of the program. */
export type IngestContext = {
  readonly store: Store;
  readonly embedder: Embedder;
  readonly runtime: Runtime;
  readonly settings: Settings;
  readonly listSource: (spec: SourceSpec, runtime: Runtime) => Promise<SourceListing>;
  readonly startPool: () => ProcessPool<ParseTask, ParseReply>;
};
