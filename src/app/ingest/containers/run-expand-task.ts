import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { createPathKeeper, memberPath } from '../../../parse/container/member-path.ts';
import { readMember } from '../../../parse/container/read-member.ts';
import type { FoundMember, MemberSink, Stretch } from '../../../parse/container/types.ts';
import { notionPath } from '../../../parse/exports/notion.ts';
import { fileAccess } from '../../../parse/random-access.ts';
import { messageOf, RagError } from '../../../platform/errors.ts';
import { createMemberFilter } from '../../../source/member-rules.ts';
import { ANY_RATIO_BYTES, MAX_MEMBER_RATIO, SCAN_BYTES } from './container-limits.ts';
import type { ExpandReply, ExpandResult, ExpandTask, Reason } from './expand-task.ts';
import { readAsExport } from './read-as-export.ts';
import { createSpoolFile, type SpoolFile } from './spool-file.ts';
import { withTables } from './with-tables.ts';

const HASH_BYTES = 4 * 2 ** 20;

/** Finds the documents that a container holds. Never throws: every failure is a reply with its reason. */
export async function runExpandTask(task: ExpandTask): Promise<ExpandReply> {
  const started = performance.now();
  const result = await expand(task);
  return { ...result, elapsedMs: performance.now() - started };
}

async function expand(task: ExpandTask): Promise<ExpandResult> {
  const spool = createSpoolFile(task.spool, task.limits.maxSpoolBytes);
  let descriptor: number | null = null;
  try {
    const place = placeOf(task, spool);
    descriptor = openSync(place.file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw new RagError('SOURCE_REFUSED', { message: 'It is no regular file.' });
    const size = place.length === -1 ? stat.size : place.length;
    const whole = { ...place, length: size };
    const contentHash = task.from === 0 ? hashOf(descriptor, whole) : '';
    if (contentHash !== '' && contentHash === task.knownHash) return { status: 'unchanged', size };
    const { sink, found, leftOut, bytes } = createSink(task, size, spool);
    let next: number | null = null;
    let problem: Reason | null = null;
    try {
      next = await list(task, { descriptor, place: whole, sink });
    } catch (error) {
      if (found().length === 0 || !isAboutEnd(error)) throw error;
      problem = reasonOf(error);
    }
    const spooledBytes = spool.length;
    return {
      status: 'expanded',
      size,
      contentHash,
      members: found(),
      leftOut,
      problem,
      memberBytes: bytes(),
      spooledBytes,
      next,
    };
  } catch (error) {
    return { status: 'failed', ...reasonOf(error) };
  } finally {
    if (descriptor !== null) closeSync(descriptor);
    spool.close();
  }
}

/** Where the container's bytes stand; those that stand in no file, or packed in one, are put into the spool first. */
function placeOf({ content, limits }: ExpandTask, spool: SpoolFile): Stretch {
  if (content.kind === 'file') return { file: content.path, start: 0, length: -1 };
  if (content.kind === 'member' && !content.entry && !content.isFromQuoted) return content;
  spool.append(content.kind === 'bytes' ? content.bytes : readMember(content, limits.maxFileBytes));
  return { file: spool.file, start: 0, length: spool.length };
}

type Opened = { readonly descriptor: number; readonly place: Stretch; readonly sink: MemberSink };

/** Where the next part begins, or null. */
async function list(task: ExpandTask, { descriptor, place, sink }: Opened): Promise<number | null> {
  const access = fileAccess(descriptor, place);
  switch (task.expand) {
    case 'zip': {
      const { listZip } = await import('../../../parse/container/list-zip.ts');
      listZip(descriptor, place, sink);
      return null;
    }
    case 'tar':
    case 'tar.gz': {
      const { listTar } = await import('../../../parse/container/list-tar.ts');
      await listTar(place, task.expand === 'tar.gz', sink);
      return null;
    }
    case 'posts': {
      const { listPosts } = await import('../../../parse/container/list-posts.ts');
      await withTables(task, (tables) => listPosts(access, tables, sink));
      return null;
    }
    case 'mailbox': {
      const { listMailbox } = await import('../../../parse/container/list-mailbox.ts');
      return listMailbox(access, {
        from: task.from,
        scanBytes: SCAN_BYTES,
        namesSubjects: task.namesSubjects,
        place,
        sink,
      });
    }
    case 'mail': {
      const { listAttachments } = await import('../../../parse/container/list-attachments.ts');
      await listAttachments(access.read(0, place.length), sink);
      return null;
    }
  }
}

function createSink({ path: container, rules, limits, expand }: ExpandTask, size: number, spool: SpoolFile) {
  const members: FoundMember[] = [];
  const leftOut: { path: string; message: string }[] = [];
  const judge = createMemberFilter(rules, container);
  const unique = createPathKeeper();
  const originals = new Map<string, string>();
  const most =
    expand === 'mailbox'
      ? limits.maxBytes
      : Math.min(limits.maxBytes, Math.max(ANY_RATIO_BYTES, size * MAX_MEMBER_RATIO));
  let bytes = 0;
  let seen = 0;
  const countMember = (): void => {
    if (++seen > limits.maxMembers) {
      throw tooLarge(`It holds more than ${limits.maxMembers} documents.`);
    }
  };
  const leaveOut = (name: string, message: string): void => {
    countMember();
    const path = memberPath(name);
    if (path !== '') leftOut.push({ path, message });
  };
  const sink: MemberSink = {
    spool,
    leaveOut,
    admit(name) {
      const original = memberPath(name);
      const path = notionPath(original);
      const verdict = path === '' ? null : judge(path);
      if (verdict?.takes) {
        countMember();
        const taken = unique(path);
        originals.set(taken, original);
        return taken;
      }
      if (verdict?.message) leaveOut(name, verdict.message);
      return null;
    },
    put: (member) => void members.push(member),
    count(more) {
      bytes += more;
      if (bytes > most)
        throw tooLarge(`It unpacks from ${size} to more than ${most} bytes; refused as a decompression bomb.`);
    },
  };
  return { sink, found: () => readAsExport(members, originals), leftOut, bytes: () => bytes };
}

const tooLarge = (message: string): RagError =>
  new RagError('PARSE_TOO_LARGE', { message, hint: 'If it is genuine, unpack it, and add the folder.' });

function hashOf(descriptor: number, { start, length }: Stretch): string {
  const access = fileAccess(descriptor, { start, length });
  const hash = createHash('sha256');
  for (let at = 0; at < length; at += HASH_BYTES) hash.update(access.read(at, HASH_BYTES));
  return hash.digest('hex');
}

/** What was found before data broke off is good; what a bound stopped is not to be trusted. */
const isAboutEnd = (error: unknown): boolean => !(error instanceof RagError) || error.code === 'PARSE_FAILED';

function reasonOf(error: unknown): Reason {
  if (error instanceof RagError) return { code: error.code, message: error.message, hint: error.hint };
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EPERM')
    return { code: 'SOURCE_FAILED', message: `The file cannot be opened (${code}).` };
  if (code === 'ENOSPC') return { code: 'SOURCE_FAILED', message: 'The disk has no room left to unpack it.' };
  return { code: 'PARSE_FAILED', message: `The archive is damaged: ${messageOf(error).slice(0, 300)}.` };
}
