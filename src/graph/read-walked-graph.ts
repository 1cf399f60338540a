import { type RawGraph, readGraph } from './read-graph.ts';
import { resolveEntities } from './resolve-entities.ts';
import { tellingTitles } from './telling-titles.ts';
import type { GraphReader } from './types.ts';

/**
 * The graph as searches walk it: without what models found, without names that only read like others, and with no title
 * that many passages say. `rootOf` gives each entity the one that it was merged into.
 */
export function readWalkedGraph(reader: Pick<GraphReader, 'readMentions' | 'mergeDecisions'>): {
  readonly raw: RawGraph;
  readonly rootOf: Int32Array;
} {
  const all = readGraph(reader);
  const { rootOf } = resolveEntities(all, reader.mergeDecisions());
  return { raw: { ...all, titledDocuments: tellingTitles(all, rootOf) }, rootOf };
}
