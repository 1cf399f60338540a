import type { CollectionSummary, DoctorCheck, SourceSummary, StatusReport } from '../../../app/types.ts';
import { figuresToJson } from './history.ts';
import { usageToJson } from './usage.ts';

export const collectionToJson = ({ name, description, sources, documents, chunks }: CollectionSummary) => ({
  name,
  description,
  sources,
  documents,
  chunks,
});

const sourceToJson = (source: SourceSummary) => ({
  id: source.id,
  kind: source.kind,
  uri: source.uri,
  collection: source.collection,
  options: source.options,
  documents: source.documents,
  failures: source.failures,
  addedAt: source.addedAt,
  syncedAt: source.syncedAt,
});

/** Data of `rag.status/1`. */
export const statusToJson = (status: StatusReport) => ({
  path: status.path,
  bytes: status.bytes,
  schemaVersion: status.schemaVersion,
  documents: status.documents,
  chunks: status.chunks,
  vectors: status.vectors,
  textLength: status.textLength,
  space: status.space,
  types: status.types,
  ...(status.tuning && { tuning: status.tuning }),
  ...(status.history.documents + status.history.snapshots > 0 && { history: figuresToJson(status.history) }),
  collections: status.collections.map(collectionToJson),
  sources: status.sources.map(sourceToJson),
  failures: status.failures,
  facts: status.facts,
  ...usageToJson(status.usage),
});

/** Data of `rag.doctor/1`. */
export const doctorToJson = (checks: readonly DoctorCheck[]) => ({
  healthy: checks.every((check) => check.status !== 'failed'),
  checks: checks.map(({ name, status, message, hint }) => ({ name, status, message, hint: hint ?? null })),
});
