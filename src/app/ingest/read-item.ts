import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ChunkOptions } from '../../chunk/types.ts';
import type { Settings } from '../../config/types.ts';
import { RagError, type RagErrorCode } from '../../platform/errors.ts';
import { WorkerLost } from '../../platform/process-pool.ts';
import type { SourceItem, SourceOptions } from '../../source/types.ts';
import type { Processing, StoredSource } from '../../store/types.ts';
import { treatmentPlan } from '../privacy/treatment-plan.ts';
import type { IngestContext } from './ingest-context.ts';
import type { SourceRun } from './ingest-source.ts';
import type { ParseReply, ParseTask } from './parse-task.ts';

/** No office document that people write inflates to more; bombs do at once. */
const MAX_INFLATED_BYTES = 500_000_000;
/** A long book has 3 million characters; above this no chunk would ever be found for the others. */
export const MAX_TEXT_LENGTH = 60_000_000;
const MAX_PAGES = 20_000;

type Loss = { readonly code: RagErrorCode; readonly hint?: string };

const losses: Readonly<Record<Exclude<WorkerLost['reason'], 'start' | 'closed'>, Loss>> = {
  timeout: { code: 'PARSE_TIMEOUT', hint: 'Raise parse.timeoutMs if the file is sound.' },
  memory: { code: 'PARSE_MEMORY', hint: 'Raise parse.maxMemoryMb if the file is sound.' },
  crash: { code: 'PARSE_FAILED' },
};

/** What reading needs of the run of a source. */
export type ReadRun = Pick<SourceRun, 'pool'> & { readonly source: Pick<StoredSource, 'options'> };

/** Sizes and parser of its own, and what programs made of it. */
export type ReadHow = Pick<ParseTask, 'recognized' | 'converted'> & { readonly processing?: Processing };

/**
 * Has a worker read one item. A worker that had to be killed is a failed reply. Throws WorkerLost when the pool was
 * closed meanwhile, and INTERNAL when no worker can be started, which says nothing about the item.
 */
export async function readItem(
  { settings }: Pick<IngestContext, 'settings'>,
  { source, pool }: ReadRun,
  item: SourceItem,
  knownHash: string | null,
  { processing = {}, ...byPrograms }: ReadHow = {},
): Promise<ParseReply> {
  const started = performance.now();
  try {
    const task = taskOf({ settings, options: source.options, item, knownHash, processing });
    return (await pool.run({ ...task, ...byPrograms })) as ParseReply;
  } catch (error) {
    return { ...reasonOfLoss(error), elapsedMs: performance.now() - started };
  }
}

type Asked = {
  readonly settings: Settings;
  readonly options: SourceOptions;
  readonly item: SourceItem;
  readonly knownHash: string | null;
  readonly processing: Processing;
};

/** What a worker needs to know to read an item. */
export const taskOf = ({ settings, options, item, knownHash, processing }: Asked): ParseTask => ({
  content: item.content,
  name: nameOf(item),
  maxBytes: options.maxFileBytes ?? settings.source.maxFileBytes,
  limits: {
    maxInflatedBytes: MAX_INFLATED_BYTES,
    maxTextLength: MAX_TEXT_LENGTH,
    maxPages: MAX_PAGES,
    syntaxTrees: settings.parse.syntaxTrees,
  },
  chunking: chunkingOf(settings, processing),
  parser: processing.parser,
  knownHash,
  treatment: treatmentPlan(settings, options.pii),
  opensContainers: settings.source.containers,
});

/** The sizes of passages: those of the document where it has its own, else those of the settings. */
export function chunkingOf({ chunk }: Pick<Settings, 'chunk'>, processing: Processing): ChunkOptions {
  const targetTokens = processing.targetTokens ?? chunk.targetTokens;
  // The settings may have been lowered since the document was given a size of its own.
  const maxTokens = processing.maxTokens ?? Math.max(chunk.maxTokens, processing.targetTokens ?? 0);
  return { targetTokens, maxTokens, overlapTokens: processing.overlapTokens ?? chunk.overlapTokens };
}

/**
 * What the loss of a worker says of the item that it had. Throws the error where it says nothing about the item: the pool
 * was closed meanwhile, or no worker can be started (INTERNAL).
 */
export function reasonOfLoss(error: unknown): { readonly status: 'failed'; readonly message: string } & Loss {
  if (!(error instanceof WorkerLost) || error.reason === 'closed') throw error;
  if (error.reason === 'start') {
    throw new RagError('INTERNAL', {
      message: `Documents cannot be read: ${error.message}`,
      hint: 'Check the limits on processes, open files and memory; if they are wide enough, install ragstone again.',
      cause: error,
    });
  }
  return { status: 'failed', ...losses[error.reason], message: error.message };
}

export const nameOf = ({ content, path }: SourceItem): string =>
  content.kind === 'file' ? basename(content.path) : content.kind === 'bytes' ? (content.name ?? path) : basename(path);
