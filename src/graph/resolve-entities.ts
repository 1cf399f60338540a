import { documentFrequencies } from './document-frequencies.ts';
import { entityKinds, opaqueKinds } from './entity-kinds.ts';
import { entityKeyOf } from './normalize-name.ts';
import type { RawGraph } from './read-graph.ts';
import { relationKinds } from './relation-kinds.ts';
import type { MergeDecision } from './types.ts';

/** One name that was taken for another, and why. Undone by a decision that separates the two. */
export type Merge = {
  readonly from: number;
  readonly to: number;
  readonly reason: 'abbreviation' | 'other name' | 'decision';
  /** Chunk that says so, by index; -1 for a decision. */
  readonly evidence: number;
};

export type Resolution = {
  /** By entity: the one that stands for it, itself if none does. */
  readonly rootOf: Int32Array;
  readonly merges: readonly Merge[];
};

const alsoCalled = relationKinds.indexOf('also called');

/**
 * Takes names for one where a text says so: an abbreviation and what it stands for, a name and its longer form. An
 * abbreviation that stands for several things is merged with none; numbers, addresses and code never are. What a
 * person decided goes before.
 */
export function resolveEntities(raw: RawGraph, decisions: readonly MergeDecision[]): Resolution {
  const identity = Int32Array.from({ length: raw.kinds.length }, (_, entity) => entity);
  const separated = new Set<string>();
  const decided = new Map<string, Merge>();
  for (const { action, from, to } of decisions) {
    const [a, b] = [raw.keys.find(entityKeyOf(from)), raw.keys.find(entityKeyOf(to))];
    if (a < 0 || b < 0 || a === b) continue;
    const pair = pairOf(a, b);
    if (action === 'separate') {
      separated.add(pair);
      decided.delete(pair);
    } else {
      separated.delete(pair);
      decided.set(pair, { from: a, to: b, reason: 'decision', evidence: -1 });
    }
  }

  const isOpaque = (entity: number): boolean => {
    const kind = entityKinds[raw.kinds[entity] as number]?.kind;
    return kind !== undefined && opaqueKinds.has(kind);
  };
  const expansions = new Map<number, Map<number, number>>();
  for (let i = 0; i + 3 < raw.relations.length; i += 4) {
    if (raw.relations[i] !== alsoCalled) continue;
    const [short, long, chunk] = [
      raw.relations[i + 1] as number,
      raw.relations[i + 2] as number,
      raw.relations[i + 3] as number,
    ];
    if (short === long || isOpaque(short) || isOpaque(long) || separated.has(pairOf(short, long))) continue;
    const known = expansions.get(short);
    if (!known) expansions.set(short, new Map([[long, chunk]]));
    else if (!known.has(long)) known.set(long, chunk);
  }

  const rootOf = identity;
  const find = (entity: number): number => {
    let root = entity;
    while (rootOf[root] !== root) root = rootOf[root] as number;
    return root;
  };
  const merges: Merge[] = [];
  const join = (merge: Merge): void => {
    const [from, to] = [find(merge.from), find(merge.to)];
    if (from === to || [...separated].some((pair) => pair === pairOf(from, to))) return;
    rootOf[from] = to;
    merges.push(merge);
  };
  for (const merge of decided.values()) join(merge);
  if (expansions.size > 0) {
    const frequencies = documentFrequencies(raw, Int32Array.from(rootOf));
    for (const [short, longs] of expansions) {
      const [only] = longs;
      if (!only || longs.size > 1) continue;
      const [long, evidence] = only;
      const [from, to] = (frequencies[long] as number) >= 1 ? [short, long] : [long, short];
      join({ from, to, reason: 'abbreviation', evidence });
    }
  }
  for (let entity = 0; entity < rootOf.length; entity++) rootOf[entity] = find(entity);
  return { rootOf, merges };
}

const pairOf = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
