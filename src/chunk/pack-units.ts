import { tokenCost } from './estimate-tokens.ts';
import type { Heading } from './outline.ts';
import { splitLongUnit } from './split-long-unit.ts';
import type { Unit } from './structural-units.ts';
import type { ChunkOptions } from './types.ts';

/** A chunk in the making. */
export type Group = {
  readonly start: number;
  end: number;
  cost: number;
  readonly page: number | null;
  /** Section of the first unit, which decides what may join. */
  readonly firstHeading: Heading;
  lastHeading: Heading;
  lastPage: number | null;
  /** Section of the first unit that is no heading. */
  contentHeading: Heading;
  headingsOnly: boolean;
  endsWithHeading: boolean;
  /** Whether it holds a definition of a program, which is to be a chunk of its own. */
  hasDefinition: boolean;
  /** All its sections, in order. */
  readonly headings: Heading[];
};

type Limits = Pick<ChunkOptions, 'targetTokens' | 'maxTokens'>;

/** Join units as they come, each to the group before it or to a new one. */
export function packUnits(text: string, units: readonly Unit[], limits: Limits): Group[] {
  const { maxTokens } = limits;
  const groups: Group[] = [];
  const ahead = lookAhead(text, units);
  let group: Group | undefined;
  const open = (unit: Unit): void => {
    group = startGroup(unit);
    groups.push(group);
  };

  for (const [index, unit] of units.entries()) {
    const before = group ? group.cost + tokenCost(text, group.end, unit.start) : 0;
    const bound = group !== undefined && mustGoOn(group, limits);
    if (group && before + unit.cost <= maxTokens && (bound || mayJoin(group, unit, ahead.of(index, before), limits))) {
      extend(group, unit, before + unit.cost);
      continue;
    }
    const headingCost = bound ? before : 0;
    if (headingCost + unit.cost <= maxTokens) {
      open(unit);
      continue;
    }
    const parts = splitLongUnit(text, unit, {
      aim: limits.targetTokens,
      max: maxTokens,
      firstMax: maxTokens - headingCost,
      byLine: unit.kind !== 'paragraph' && unit.kind !== 'quote' && unit.kind !== 'list-item',
    });
    for (const [partIndex, span] of parts.entries()) {
      const { start, end } = span;
      const cost = tokenCost(text, start, end);
      const part: Unit = { start, end, kind: 'paragraph', heading: unit.heading, page: unit.page, cost };
      if (group && bound && partIndex === 0) extend(group, part, headingCost + part.cost);
      else open(part);
    }
  }
  return groups;
}

/** Whether a group ends with a heading that its first paragraph must follow; half a chunk of headings is text. */
const mustGoOn = (group: Group, { maxTokens }: Limits): boolean =>
  group.endsWithHeading && !(group.headingsOnly && group.cost > maxTokens / 2);

/** What a group would cost with a unit and what must follow it, and with the rest of the unit's section. */
type Prospect = {
  readonly joined: number;
  readonly withSection: number;
  /** Whether a section below its own comes next: it is the head of what follows. */
  readonly leads: boolean;
};

function mayJoin(group: Group, unit: Unit, { joined, withSection, leads }: Prospect, limits: Limits): boolean {
  const { targetTokens, maxTokens } = limits;
  if (joined > maxTokens) return false;
  if (unit.page !== group.lastPage) return isCrumb(group.cost, limits) && joined <= targetTokens;
  // In one section: stop where the group comes nearest to the target.
  if (unit.heading === group.lastHeading) return joined - targetTokens < targetTokens - group.cost;
  if (group.hasDefinition || unit.kind === 'function') {
    const added = Math.max(joined, withSection) - group.cost;
    return !leads && mayShare(group, { heading: unit.heading, cost: added }, limits);
  }
  return isRelated(group, unit.heading, limits) && Math.max(joined, withSection) <= targetTokens;
}

/** Definitions stand alone, so that a search finds the one that it names; only tiny neighbours share a chunk. */
function mayShare(group: Group, next: { readonly heading: Heading; readonly cost: number }, limits: Limits): boolean {
  if (!isCrumb(group.cost, limits) || !isCrumb(next.cost, limits)) return false;
  const first = group.firstHeading;
  // The rest of a long definition belongs to the part before it.
  if (first.parent && group.start !== first.start) return false;
  return next.heading.parent === first || next.heading.parent === first.parent;
}

/** Whether a later section stands below the same heading, so that one chunk may hold both. */
function isRelated(group: Group, heading: Heading, limits: Limits): boolean {
  const first = group.firstHeading;
  // A new chapter; only next to nothing, such as a title page, goes with it.
  if (heading.level === 1) return isCrumb(group.cost, limits);
  const ceiling = first.parent ?? first;
  let ancestor: Heading | null = heading;
  while (ancestor && ancestor.start > ceiling.start) ancestor = ancestor.parent;
  return ancestor === ceiling || heading.parent === first;
}

/** Too little to stand alone: one short sentence or two. */
const isCrumb = (cost: number, { targetTokens }: Limits): boolean => cost < targetTokens / 6;

/** Append what is too small to stand alone to the group before it, and after what is too small. */
export function joinCrumbs(text: string, groups: readonly Group[], limits: Limits): Group[] {
  const joinedGroups: Group[] = [];
  for (const [index, group] of groups.entries()) {
    const last = joinedGroups[joinedGroups.length - 1];
    const leads = groups[index + 1]?.firstHeading.parent === group.lastHeading;
    if (last && mayJoinCrumb(last, group, leads, limits)) {
      const joined = last.cost + tokenCost(text, last.end, group.start) + group.cost;
      if (joined <= limits.maxTokens) {
        append(last, group, joined);
        continue;
      }
    }
    joinedGroups.push({ ...group, headings: [...group.headings] });
  }
  return joinedGroups;
}

function mayJoinCrumb(last: Group, group: Group, leads: boolean, limits: Limits): boolean {
  if (last.lastPage !== group.page || !(isCrumb(last.cost, limits) || isCrumb(group.cost, limits))) return false;
  if (last.lastHeading === group.firstHeading) return true;
  if (last.hasDefinition || group.hasDefinition)
    return !leads && mayShare(last, { heading: group.firstHeading, cost: group.cost }, limits);
  return isRelated(last, group.firstHeading, limits);
}

function startGroup(unit: Unit): Group {
  const { start, end, cost, page, heading } = unit;
  const isHeading = unit.kind === 'heading';
  return {
    start,
    end,
    cost,
    page,
    lastPage: page,
    firstHeading: heading,
    lastHeading: heading,
    contentHeading: heading,
    headingsOnly: isHeading,
    endsWithHeading: isHeading,
    hasDefinition: unit.kind === 'function',
    headings: [heading],
  };
}

const extend = (group: Group, unit: Unit, cost: number): void => append(group, startGroup(unit), cost);

function append(group: Group, next: Group, cost: number): void {
  if (group.headingsOnly) group.contentHeading = next.contentHeading;
  group.headingsOnly &&= next.headingsOnly;
  group.endsWithHeading = next.endsWithHeading;
  group.end = next.end;
  group.cost = cost;
  group.lastHeading = next.lastHeading;
  group.lastPage = next.lastPage;
  group.hasDefinition ||= next.hasDefinition;
  group.headings.push(...next.headings.filter((heading) => heading !== group.headings.at(-1)));
}

/** For each unit, the cost of it with what must follow it, and of it to the end of its section or page. */
function lookAhead(text: string, units: readonly Unit[]) {
  const bound = new Float64Array(units.length);
  const section = new Float64Array(units.length);
  for (let index = units.length - 1; index >= 0; index--) {
    const unit = units[index]!;
    const next = units[index + 1];
    const gap = next ? tokenCost(text, unit.end, next.start) : 0;
    const goesOn = next !== undefined && next.heading === unit.heading && next.page === unit.page;
    bound[index] = unit.cost + (next && unit.kind === 'heading' ? gap + bound[index + 1]! : 0);
    section[index] = unit.cost + (goesOn ? gap + section[index + 1]! : 0);
  }
  return {
    of: (index: number, before: number): Prospect => ({
      joined: before + bound[index]!,
      withSection: before + section[index]!,
      leads: units[index + 1]?.heading.parent === units[index]!.heading,
    }),
  };
}
