import { documentFrequencies } from './document-frequencies.ts';
import { createGroups } from './entity-groups.ts';
import { entityKinds, opaqueKinds } from './entity-kinds.ts';
import type { SimilarNames } from './find-similar-names.ts';
import { keysOfName } from './keys-of-name.ts';
import type { RawGraph } from './read-graph.ts';
import { relationKinds } from './relation-kinds.ts';
import type { MergeDecision } from './types.ts';

/** One name that was taken for another, and why. Undone by a decision that separates the two. */
export type Merge = {
  readonly from: number;
  readonly to: number;
  readonly reason: 'abbreviation' | 'similar name' | 'decision';
  /** Chunk that says so, by index; -1 for a decision. */
  readonly evidence: number;
  /** For similar names: how like they are, in [0, 1], and an entity that stands beside both. */
  readonly likeness: { readonly similarity: number; readonly beside: number } | null;
  /** What a person said, for a decision. */
  readonly decision: MergeDecision | null;
};

export type Resolution = {
  /** By entity: the one that stands for it, itself if none does. */
  readonly rootOf: Int32Array;
  readonly merges: readonly Merge[];
  /** Names that a person wants kept apart. */
  readonly separated: readonly Decided[];
};

export type Decided = { readonly from: number; readonly to: number; readonly decision: MergeDecision };

const alsoCalled = relationKinds.indexOf('also called');

/** The entity that a person means by this name, before any merge, or -1. */
export function entityOfName({ keys }: Pick<RawGraph, 'keys'>, name: string): number {
  for (const key of keysOfName(name)) {
    const entity = keys.find(key);
    if (entity >= 0) return entity;
  }
  return -1;
}

/**
 * Takes names for one where a text says so: an abbreviation and what it stands for. An abbreviation that stands for
 * several things is merged with none; numbers, addresses and code never are. Then names that are spelt much alike. What
 * a person decided goes before: names that were merged are one, and names that were separated are never in one group,
 * whatever else says so.
 */
export function resolveEntities(
  raw: RawGraph,
  decisions: readonly MergeDecision[],
  similarNames: readonly SimilarNames[] = [],
): Resolution {
  const { merged, separated } = lastDecisions(raw, decisions);
  const groups = createGroups(raw.kinds.length, separated);
  const merges: Merge[] = [];
  const join = (merge: Merge): void => {
    if (groups.join(merge.from, merge.to)) merges.push(merge);
  };
  for (const { from, to, decision } of merged)
    join({ from, to, reason: 'decision', evidence: -1, likeness: null, decision });

  const frequencies = documentFrequencies(raw, groups.roots());
  for (const [short, longs] of expansionsOf(raw, groups.areSeparated)) {
    const [only] = longs;
    if (!only || longs.size > 1) continue;
    const [long, evidence] = only;
    const [from, to] = (frequencies[long] as number) >= 1 ? [short, long] : [long, short];
    join({ from, to, reason: 'abbreviation', evidence, likeness: null, decision: null });
  }
  const isAlias = new Set<number>();
  for (const { from, to, similarity, beside, chunk } of similarNames) {
    // A name like a name that is like a third need not be like the third.
    if (isAlias.has(from) || isAlias.has(to)) continue;
    isAlias.add(from);
    join({ from, to, reason: 'similar name', evidence: chunk, likeness: { similarity, beside }, decision: null });
  }
  return { rootOf: groups.roots(), merges, separated };
}

/** The last word on each pair of names that documents have. */
function lastDecisions(
  raw: RawGraph,
  decisions: readonly MergeDecision[],
): { merged: readonly Decided[]; separated: readonly Decided[] } {
  const last = new Map<string, Decided>();
  for (const decision of decisions) {
    const [from, to] = [entityOfName(raw, decision.from), entityOfName(raw, decision.to)];
    if (from < 0 || to < 0 || from === to) continue;
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    last.delete(pair);
    last.set(pair, { from, to, decision });
  }
  const all = [...last.values()];
  return {
    merged: all.filter(({ decision }) => decision.action === 'merge'),
    separated: all.filter(({ decision }) => decision.action === 'separate'),
  };
}

/** What each abbreviation stands for, with the chunk that says so. */
function expansionsOf(
  { kinds, relations }: RawGraph,
  areSeparated: (a: number, b: number) => boolean,
): Map<number, Map<number, number>> {
  const isOpaque = (entity: number): boolean => {
    const kind = entityKinds[kinds[entity] as number]?.kind;
    return kind !== undefined && opaqueKinds.has(kind);
  };
  const expansions = new Map<number, Map<number, number>>();
  for (let i = 0; i + 3 < relations.length; i += 4) {
    if (relations[i] !== alsoCalled) continue;
    const [short, long, chunk] = [relations[i + 1] as number, relations[i + 2] as number, relations[i + 3] as number];
    if (short === long || isOpaque(short) || isOpaque(long) || areSeparated(short, long)) continue;
    const known = expansions.get(short);
    if (!known) expansions.set(short, new Map([[long, chunk]]));
    else if (!known.has(long)) known.set(long, chunk);
  }
  return expansions;
}
