import { rmSync } from 'node:fs';
import type { SourceItem } from '../../../source/types.ts';
import type { KnownItem } from '../../../store/types.ts';
import type { Settlement } from '../settle-item.ts';
import { MAX_MEMBER_BYTES, MAX_MEMBERS, MAX_SPOOL_BYTES } from './container-limits.ts';
import type { ExpandReply, Reason } from './expand-task.ts';

/** A listed file that is being taken apart, with all the containers in it. */
export type OpenContainer = {
  readonly item: SourceItem;
  /** Of its documents as they are stored. */
  readonly held: readonly KnownItem[];
  /** Where it is unpacked to. */
  readonly spool: string;
  /** Members that were found and are not settled yet, and containers that are not opened yet. */
  pending: number;
  readonly seen: Set<string>;
  /** Members of which something is stored now. */
  stored: number;
  documents: number;
  /** Of some member nothing is known: what is stored stays, and the next run opens it again. */
  isLost: boolean;
  contentHash: string;
  size: number | null;
  found: number;
  memberBytes: number;
  spooledBytes: number;
  /** It takes room on the disk while it is read. */
  isUnpacked: boolean;
  /** Why the first member could not be read. */
  firstReason: Reason | null;
  /** Why the rest of it could not be found. */
  problem: Reason | null;
  /** What it is besides: puts the mail to which others are attached. */
  readonly putOwn: (() => void) | null;
};

export function openContainer(
  item: SourceItem,
  options: Pick<OpenContainer, 'held' | 'spool' | 'putOwn'>,
): OpenContainer {
  return {
    ...options,
    item,
    pending: 0,
    seen: new Set(),
    stored: 0,
    documents: 0,
    isLost: false,
    contentHash: '',
    size: null,
    found: 0,
    memberBytes: 0,
    spooledBytes: 0,
    isUnpacked: false,
    firstReason: null,
    problem: null,
  };
}

/** What it, and the containers in it, may still cost. */
export const limitsLeft = ({ found, memberBytes, spooledBytes }: OpenContainer) => ({
  maxMembers: Math.max(0, MAX_MEMBERS - found),
  maxBytes: Math.max(0, MAX_MEMBER_BYTES - memberBytes),
  maxSpoolBytes: Math.max(0, MAX_SPOOL_BYTES - spooledBytes),
});

/** Counts what was found in it, or in a container in it. */
export function countFound(container: OpenContainer, reply: ExpandReply & { readonly status: 'expanded' }): void {
  container.found += reply.members.length + reply.leftOut.length;
  container.memberBytes += reply.memberBytes;
  container.spooledBytes += reply.spooledBytes;
}

export function countSettled(container: OpenContainer, settlement: Settlement, reason: Reason | null): void {
  if (settlement === 'lost') container.isLost = true;
  else container.stored++;
  if (settlement === 'document') container.documents++;
  container.firstReason ??= reason;
}

/** How many items are stored below it, with those that were restored and are in it no more. */
export const storedOf = ({ stored, held, seen }: OpenContainer): number =>
  stored + held.filter(({ uri, staysWithoutFile }) => staysWithoutFile && !seen.has(uri)).length;

/** What is stored of it and was not found again. */
export const vanishedOf = ({ held, seen, isLost }: OpenContainer): readonly KnownItem[] =>
  isLost ? [] : held.filter(({ uri }) => !seen.has(uri));

/** Why nothing could be read of it; null when something could. */
export function emptinessOf({ documents, found, firstReason, putOwn, problem }: OpenContainer): Reason | null {
  if (problem) return problem;
  if (documents > 0 || putOwn) return null;
  if (found === 0) return { code: 'PARSE_NO_TEXT', message: 'It holds no documents.' };
  if (firstReason === null)
    return { code: 'PARSE_LEFT_OUT', message: `It holds no documents, only ${found} other files.` };
  return { ...firstReason, message: `Nothing in it could be read: ${firstReason.message}` };
}

export const disposeOf = ({ spool }: OpenContainer): void => rmSync(spool, { recursive: true, force: true });
