import type { ContainerKind } from '../../../parse/container/types.ts';
import type { SourceItem } from '../../../source/types.ts';
import type { KnownItem } from '../../../store/types.ts';
import type { ParseReply } from '../parse-task.ts';
import { isWhole } from '../plan-source.ts';
import type { Reading } from '../read-items.ts';
import { type SettledReply, statusOf } from '../settle-item.ts';
import { MAX_NESTING } from './container-limits.ts';
import type { expandItem } from './expand-item.ts';
import type { ExpandReply, Reason } from './expand-task.ts';
import { memberItem, memberPlace } from './member-item.ts';
import {
  countFound,
  countSettled,
  disposeOf,
  emptinessOf,
  limitsLeft,
  type OpenContainer,
  openContainer,
  storedOf,
  vanishedOf,
} from './open-container.ts';
import { createSpoolFolder } from './spool-folder.ts';
import { withoutStanding } from './without-standing.ts';

type Place = {
  readonly item: SourceItem;
  /** The listed file that it was found in; null for a listed file. */
  readonly container: OpenContainer | null;
  /** Containers that it lies in. */
  readonly depth: number;
};

/** What a worker is to do next. */
export type Work =
  | ({ readonly task: 'read' } & Place)
  | ({
      readonly task: 'expand';
      readonly container: OpenContainer;
      readonly kind: ContainerKind;
      /** See ExpandTask.from. */
      readonly from: number;
    } & Omit<Place, 'container'>);

type Read = Work & { readonly task: 'read' };
type Expand = Work & { readonly task: 'expand' };

export type ContainerRun = {
  /** Members before anything else, so that few containers are open at a time; null when there is nothing of them to do. */
  next(): Work | null;
  /** Whether something that was stored of the file is missing, so that its bytes being the same says nothing. */
  isTorn(item: SourceItem): boolean;
  wantedOf(work: Expand): Parameters<typeof expandItem>[3];
  read(work: Read, reply: ParseReply): void;
  expanded(work: Expand, reply: ExpandReply): void;
  /** Members that are stored and there no more. */
  readonly vanished: readonly KnownItem[];
  /** Removes what is unpacked of those that are still open. */
  abandon(): void;
};

/** Takes containers apart: what a worker finds in one is work again, until all of it is settled. */
export function createContainerRun(reading: Reading): ContainerRun {
  const { context, run, options, known, containers, plan, settler, writer, tell, tellStanding } = reading;
  const { source, progress, embedProgress } = run;
  const spool = createSpoolFolder();
  const members: Work[] = [];
  const expands: Expand[] = [];
  const vanished: KnownItem[] = [];
  const open = new Set<OpenContainer>();

  const heldBy = (item: SourceItem): readonly KnownItem[] => plan.members.get(item.uri) ?? [];

  const isTorn = (item: SourceItem): boolean => {
    const container = containers.get(item.uri);
    const held = heldBy(item);
    return container ? !isWhole({ container, former: known.get(item.uri), held }, options) : held.length > 0;
  };

  const settle = ({ item, container }: Pick<Place, 'item' | 'container'>, reply: SettledReply): void => {
    const settlement = settler.settle(item, reply);
    if (container) countSettled(container, settlement, reply.status === 'failed' ? reply : null);
  };

  /** Of an item that is done, whatever became of it. */
  const leave = (container: OpenContainer | null): void => {
    if (container && --container.pending === 0) close(container);
  };

  const begin = (work: Read, kind: ContainerKind, putOwn: (() => void) | null): void => {
    const { item, depth } = work;
    const container = work.container ?? openContainer(item, { held: heldBy(item), spool: spool.open(), putOwn });
    open.add(container);
    container.pending++;
    expands.push({ task: 'expand', item, container, depth, kind, from: 0 });
  };

  const read = (work: Read, reply: ParseReply): void => {
    const { item, container, depth } = work;
    if (reply.status === 'container') {
      if (depth >= MAX_NESTING) settle(work, { status: 'failed', elapsedMs: reply.elapsedMs, ...tooDeep });
      else begin(work, reply.holds, null);
    } else if (reply.status === 'parsed' && reply.holds && depth < MAX_NESTING) {
      // A mail of a folder is stored when all that is attached to it is, as what is stored is not opened again.
      if (container) settle(work, reply);
      begin(work, reply.holds, container ? null : () => void settler.settle(item, reply));
    } else {
      settle(work, reply);
      if (reply.status === 'parsed' && reply.holds) tellOf(item, tooDeep);
      if (!container) settleFormer(item, reply);
    }
    leave(container);
  };

  /** What was stored of a listed file that is no container now, or was not opened. */
  const settleFormer = (item: SourceItem, reply: SettledReply): void => {
    const held = heldBy(item);
    if (reply.status === 'unchanged') {
      stand(held);
      const container = containers.get(item.uri);
      if (container) put((w) => w.putContainer(source.row, { ...container, size: item.size, mtimeMs: item.mtimeMs }));
    } else if (reply.status === 'parsed' || reply.code !== 'SOURCE_FAILED') {
      vanished.push(...held);
      if (containers.has(item.uri)) put((w) => w.removeContainer(source.row, item.uri));
    }
  };

  const expanded = (work: Expand, reply: ExpandReply): void => {
    const { item, container, depth } = work;
    if (reply.status === 'unchanged') {
      stand(container.held);
      for (const { uri } of container.held) container.seen.add(uri);
      const known = containers.get(item.uri);
      if (known) put((w) => w.putContainer(source.row, { ...known, size: item.size, mtimeMs: item.mtimeMs }));
      progress.total--;
      forget(container);
      return;
    }
    if (reply.status === 'failed') fail(work, reply);
    else {
      if (container.item === item && work.from === 0) container.contentHash = reply.contentHash;
      countFound(container, reply);
      for (const { path, message } of reply.leftOut) {
        progress.total++;
        tell({ ...memberPlace(item, path), status: 'skipped', reason: { code: 'binary', message } });
      }
      const former = known.get(item.uri);
      // A container in a container is told of by its members, and was a document or a failure before.
      if (container.item !== item && work.kind !== 'mail' && former) vanished.push(former);
      const listed = reply.members.map((member) => memberItem(item, member));
      for (const { uri } of listed) container.seen.add(uri);
      const { items, stillFailing } = withoutStanding(listed, known, options);
      standFailing(container, stillFailing);
      progress.total += items.length;
      embedProgress.expectDocuments(items.length);
      container.pending += items.length;
      for (const found of items.toReversed()) members.push({ task: 'read', item: found, container, depth: depth + 1 });
      if (reply.problem) {
        if (container.item === item) container.problem = reply.problem;
        else tellOf(item, reply.problem);
      }
      if (reply.next !== null) {
        container.pending++;
        expands.unshift({ ...work, from: reply.next });
      } else if (container.item === item) {
        settler.offerMoves(
          container.held.filter(({ uri }) => !container.seen.has(uri) && !isBelow(uri, container.seen)),
        );
      }
    }
    leave(container);
  };

  /** Of members of a container that is read again for others. */
  const standFailing = (container: OpenContainer, stillFailing: readonly KnownItem[]): void => {
    if (stillFailing.length === 0) return;
    const uris = new Set(stillFailing.map(({ uri }) => uri));
    const failure = context.store.failures().find(({ uri }) => uris.has(uri));
    const reason = failure ? { code: failure.code as Reason['code'], message: failure.message } : null;
    for (const _ of stillFailing) countSettled(container, 'failure', reason);
    stand(stillFailing);
  };

  /** A container that could not be opened, or not to its end. */
  const fail = (work: Expand, reply: Reason & { readonly elapsedMs: number }): void => {
    const { item, container } = work;
    if (reply.code === 'SOURCE_FAILED') container.isLost = true;
    if (container.item === item) container.problem = reply;
    else if (work.kind === 'mail') tellOf(item, reply);
    else settle(work, { status: 'failed', ...reply });
  };

  const close = (container: OpenContainer): void => {
    const { item, isLost, problem, putOwn } = container;
    const reason = emptinessOf(container);
    const former = known.get(item.uri);
    putOwn?.();
    if (reason && putOwn) tellOf(item, reason);
    else if (reason) settler.settle(item, { status: 'failed', elapsedMs: 0, ...reason });
    else if (!putOwn) {
      // Its documents are told of, each for itself.
      progress.total--;
      if (former?.documentRow) put((w) => w.removeDocuments([former.documentRow as number]));
      else if (former) put((w) => w.removeFailures(source.row, [item.uri]));
    }
    vanished.push(...vanishedOf(container));
    if (!isLost && (container.contentHash !== '' || problem === null)) {
      const { contentHash } = container;
      put((w) =>
        w.putContainer(source.row, {
          uri: item.uri,
          size: item.size,
          mtimeMs: item.mtimeMs,
          contentHash,
          members: storedOf(container),
        }),
      );
    }
    forget(container);
  };

  const forget = (container: OpenContainer): void => {
    open.delete(container);
    disposeOf(container);
  };

  const put = (write: Parameters<typeof writer.put>[0]): void => {
    if (!options.dryRun) writer.put(write, null);
  };

  const stand = (held: readonly KnownItem[]): void => {
    progress.total += held.length;
    tellStanding(
      held.filter(({ documentRow }) => documentRow !== null),
      held.filter(({ documentRow }) => documentRow === null),
    );
  };

  /** Of what a document holds, where the document itself could be read. */
  const tellOf = ({ uri, path }: SourceItem, { code, message, hint }: Reason): void => {
    progress.total++;
    tell({ uri: `${uri}!/`, path: `${path}!/`, status: statusOf(code), reason: { code, message, hint } });
  };

  return {
    next: () => members.pop() ?? takeExpand(expands, open),
    isTorn,
    wantedOf: ({ kind, from, item, container }) => ({
      kind,
      from,
      spool: container.spool,
      limits: limitsLeft(container),
      knownHash: container.item === item && !isTorn(item) ? (containers.get(item.uri)?.contentHash ?? null) : null,
    }),
    read,
    expanded,
    vanished,
    abandon() {
      open.clear();
      spool.remove();
    },
  };
}

const tooDeep: Reason = {
  code: 'PARSE_TOO_LARGE',
  message: `It lies in ${MAX_NESTING} archives or mails one in the other; deeper ones are not opened.`,
  hint: 'Unpack the outer one, and add the folder.',
};

/** Of containers that are unpacked to the disk one is open at a time; what is in an open one may always be opened. */
function takeExpand(expands: Expand[], open: ReadonlySet<OpenContainer>): Expand | null {
  const isRoomy = (container: OpenContainer) => [...open].every((other) => other === container || !other.isUnpacked);
  const isHeavy = ({ kind }: Expand) => kind === 'tar' || kind === 'tar.gz' || kind === 'posts';
  const at = expands.findLastIndex((work) => !isHeavy(work) || isRoomy(work.container));
  const work = expands[at];
  if (!work) return null;
  expands.splice(at, 1);
  if (isHeavy(work)) work.container.isUnpacked = true;
  return work;
}

function isBelow(uri: string, seen: ReadonlySet<string>): boolean {
  for (let at = uri.indexOf('!/'); at !== -1; at = uri.indexOf('!/', at + 1))
    if (seen.has(uri.slice(0, at))) return true;
  return false;
}
