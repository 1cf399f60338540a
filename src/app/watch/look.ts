import { isRagError } from '../../platform/errors.ts';
import { listFolderPart } from '../../source/list-folder-part.ts';
import type { SourceListing } from '../../source/types.ts';
import { NO_COUNTS } from '../ingest/empty-report.ts';
import { ingest } from '../ingest/ingest.ts';
import type { IngestContext } from '../ingest/ingest-context.ts';
import { withoutForeign } from '../ingest/ingest-source.ts';
import { planSource } from '../ingest/plan-source.ts';
import type { IngestReport, ItemStatus } from '../types.ts';
import type { FollowedSource } from './followed-source.ts';
import type { LookReason, WatchEvent } from './types.ts';

export type Look = {
  readonly reason: LookReason;
  /** Below the root; null for all of it. */
  readonly paths: readonly string[] | null;
  /** When the last change was told of; null when none was. */
  readonly changedAt: number | null;
};

/** What came of it, for who plans the next look. */
export type Looked = {
  /** What is there now. Null when it could not be listed. */
  readonly listing: SourceListing | null;
  /** Documents that were read or taken out. */
  readonly changes: number;
};

const NO_RETRY = { dryRun: false, retryFailures: false, pruneMissing: false, isUnfinished: true } as const;

/**
 * Brings the database in step with a source, or with some paths of it, and says what changed; says nothing when nothing
 * did. A problem is told once, until it is another. Throws what concerns the database.
 */
export async function* look(
  context: IngestContext,
  followed: FollowedSource,
  { reason, paths, changedAt }: Look,
  signal: AbortSignal | undefined,
): AsyncGenerator<WatchEvent, Looked> {
  const { source } = followed;
  const { clock } = context.runtime;
  const { uri } = source;
  let listing: SourceListing;
  try {
    listing = await listOf(context, followed, paths, signal);
  } catch (error) {
    if (!isRagError(error) || !error.code.startsWith('SOURCE_')) throw error;
    const { code, message, hint } = error;
    if (isNewProblem(followed, message)) yield { type: 'source-problem', uri, code, message, hint };
    return { listing: null, changes: 0 };
  }
  // What is known to have been written is read though it looks the same; of a long list that would be too much.
  const options = { ...NO_RETRY, signal, rereadUnchanged: listing.scope !== undefined };
  const known = context.store.knownItems(source.row);
  const containers = context.store.containers(source.row);
  const plan = planSource(withoutForeign(context, source, listing, known), known, options, containers);
  const isHeldBack = listing.root === 'missing' || plan.heldBack !== null;
  if (plan.toRead.length === 0 && (plan.vanished.length === 0 || isHeldBack) && reason !== 'start') {
    if (!isHeldBack) followed.problem = null;
    if (!isHeldBack || followed.problem !== null) return { listing, changes: 0 };
  }
  yield { type: 'look-start', uri, reason, paths: paths && listing.scope ? paths.length : null };
  let report: IngestReport | undefined;
  const events = ingest({ ...context, listSource: async () => listing }, () => [source], options);
  for await (const event of events) {
    if (event.type === 'ingest-end') report = event.report;
    if (event.type !== 'item-end') continue;
    const { outcome, done, total } = event;
    yield { type: 'progress', done, total, path: outcome.path };
    if (isWorthTelling(outcome.status, reason)) yield { type: 'item', uri, outcome };
  }
  const counts = report?.counts ?? NO_COUNTS;
  for (const problem of report?.sourceProblems ?? []) {
    if (isNewProblem(followed, problem.message)) yield { type: 'source-problem', ...problem };
  }
  if (report?.sourceProblems.length === 0) followed.problem = null;
  const lagMs = changedAt === null ? null : clock.now() - changedAt;
  yield { type: 'look-end', uri, reason, counts, elapsedMs: report?.elapsedMs ?? 0, lagMs };
  const { added, updated, moved, removed, failed } = counts;
  return { listing, changes: added + updated + moved + removed + failed };
}

async function listOf(
  { listSource, runtime }: IngestContext,
  { source }: FollowedSource,
  paths: readonly string[] | null,
  signal: AbortSignal | undefined,
): Promise<SourceListing> {
  const here = { ...runtime, signal };
  const part = paths && source.kind === 'folder' ? await listFolderPart(source, paths, here) : null;
  return part ?? (await listSource(source, here));
}

function isNewProblem(followed: FollowedSource, message: string): boolean {
  const isNew = followed.problem !== message;
  followed.problem = message;
  return isNew;
}

/** Pictures and the like are told of at the start only, as `rag sync` does. */
const isWorthTelling = (status: ItemStatus, reason: LookReason): boolean =>
  status !== 'unchanged' && (status !== 'skipped' || reason === 'start');
