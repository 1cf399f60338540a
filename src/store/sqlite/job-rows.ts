import type { JobOrigin, JobState, StoredJob } from '../job-types.ts';

export type JobRecord = {
  readonly id: number;
  readonly kind: string;
  readonly title: string;
  readonly spec: string;
  readonly key: string;
  readonly origin: JobOrigin;
  readonly state: JobState;
  readonly priority: number;
  readonly attempts: number;
  readonly losses: number;
  readonly run_after: number;
  readonly cancel_requested: number;
  readonly owner: string | null;
  readonly token: string | null;
  readonly beat: number;
  readonly beat_at: number | null;
  readonly units: number;
  readonly units_at_loss: number;
  readonly checkpoint: string;
  readonly result: string;
  readonly error: string;
  readonly queued_at: number;
  readonly started_at: number | null;
  readonly ended_at: number | null;
};

/** A value that was kept as JSON; null when it is damaged, which must keep nobody from seeing the rest. */
export function readJson(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

export const writeJson = (value: unknown): string => JSON.stringify(value ?? null);

export const storedJob = (record: JobRecord): StoredJob => ({
  id: record.id,
  kind: record.kind,
  title: record.title,
  spec: readJson(record.spec),
  key: record.key,
  origin: record.origin,
  state: record.state,
  priority: record.priority,
  attempts: record.attempts,
  losses: record.losses,
  runAfter: record.run_after,
  cancelRequested: record.cancel_requested === 1,
  owner: readJson(record.owner) as StoredJob['owner'],
  beat: record.beat,
  beatAt: record.beat_at,
  units: record.units,
  checkpoint: readJson(record.checkpoint),
  result: readJson(record.result),
  error: readJson(record.error) as StoredJob['error'],
  queuedAt: record.queued_at,
  startedAt: record.started_at,
  endedAt: record.ended_at,
});
