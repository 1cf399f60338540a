import { availableParallelism } from 'node:os';

/** More readers than this and the one writer is the bottleneck. */
const MAX_WORKERS = 4;

/** As configured, or one for each core. */
export const workerCount = (configured: number): number => configured || Math.min(MAX_WORKERS, availableParallelism());
