import { RagError } from '../../platform/errors.ts';
import type { Store } from '../../store/types.ts';
import { findEntity, findName } from './find-entity.ts';
import type { GraphIndex } from './graph-index.ts';
import type { MergeReport, UnmergeReport } from './types.ts';

/** Names of one entity that are parted at once: each pair is a row of the log. */
const MAX_PARTED = 1000;
const MAX_NOTE_LENGTH = 500;

type MergeRequest = { readonly entity: string; readonly aliases: readonly string[]; readonly note?: string };

/** Logs that the aliases are other names of the entity. Every name is looked up before anything is written. */
export function mergeEntities(
  store: Store,
  index: () => GraphIndex,
  { entity, aliases, note }: MergeRequest,
): MergeReport {
  const before = index();
  const reason = checkedNote(note, 'merged by hand');
  const to = findName(before, entity);
  const found = aliases.map((alias) => findName(before, alias));
  const same = found.indexOf(to);
  if (same >= 0) {
    throw new RagError('USAGE', {
      message: `"${aliases[same]}" and "${entity}" are the same name.`,
      hint: 'Case, accents and punctuation make no difference. Name two that differ.',
    });
  }
  const rootOf = (own: number): number => before.rootOf[own] as number;
  const joined = new Set([rootOf(to)]);
  const merged: string[] = [];
  const already: string[] = [];
  found.forEach((from, i) => {
    (joined.has(rootOf(from)) ? already : merged).push(aliases[i] as string);
    joined.add(rootOf(from));
  });
  if (merged.length > 0) {
    // What once parted names of what becomes one would keep some of them out of it.
    const parted = before.separated.filter(({ from, to }) => joined.has(rootOf(from)) && joined.has(rootOf(to)));
    store.write((writer) => {
      for (const { decision } of parted)
        writer.putMergeDecision({ action: 'merge', from: decision.from, to: decision.to, reason });
      for (const from of merged) writer.putMergeDecision({ action: 'merge', from, to: entity, reason });
    });
  }
  const after = index();
  const spelt = (name: string): string => before.nameOf(findName(before, name));
  return {
    entity: after.summaryOf(findEntity(after, entity)),
    merged: merged.map(spelt),
    already: already.map(spelt),
  };
}

/** Logs that the name is none of the other names of its entity. What texts say of it later makes no difference. */
export function unmergeEntity(
  store: Store,
  index: () => GraphIndex,
  { entity, note }: { readonly entity: string; readonly note?: string },
): UnmergeReport {
  const before = index();
  const reason = checkedNote(note, 'parted by hand');
  const own = findName(before, entity);
  const others = before
    .membersOf(before.rootOf[own] as number)
    .map(before.nameOf)
    .filter((other) => ![own, -1].includes(before.ownOf(other)))
    .slice(0, MAX_PARTED);
  if (others.length > 0) {
    store.write((writer) => {
      for (const other of others) writer.putMergeDecision({ action: 'separate', from: entity, to: other, reason });
    });
  }
  const after = index();
  const roots = new Set(others.map((other) => findEntity(after, other)));
  return {
    entity: after.summaryOf(findEntity(after, entity)),
    separated: others,
    others: [...roots].map(after.summaryOf),
  };
}

function checkedNote(note: string | undefined, otherwise: string): string {
  const given = note?.trim();
  if (!given) return otherwise;
  if (given.length <= MAX_NOTE_LENGTH) return given;
  throw new RagError('USAGE', {
    message: `The reason has ${given.length} characters; at most ${MAX_NOTE_LENGTH} are kept.`,
    hint: 'Say it in a sentence.',
  });
}
