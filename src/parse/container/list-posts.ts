import { RagError } from '../../platform/errors.ts';
import { questionName, renderQuestion } from '../exports/render-question.ts';
import { rowAttributes } from '../exports/stack-exchange-rows.ts';
import type { RandomAccess } from '../random-access.ts';
import type { MemberSink } from './types.ts';

const WINDOW_BYTES = 4 * 1_048_576;
/** A post has at most 30,000 characters, which take up to six bytes each here. */
const LONGEST_ROW = 1_048_576;
/** The places of so many posts take some 300 MB. */
const MAX_POSTS = 2_000_000;
/** Bytes of comments that are kept at a time; those after it are left out. */
const MAX_COMMENT_BYTES = 128 * 1_048_576;

type Stretch = { readonly start: number; readonly length: number };
type Thread = { readonly question: Stretch; readonly answers: Stretch[] };
type Row = ReadonlyMap<string, string>;

/**
 * Finds the questions of a Stack Exchange dump, each with its answers, and puts them into the spool as pages. The tables
 * are read row by row; of users and comments what the questions need is kept. Throws PARSE_TOO_LARGE past two million
 * posts.
 */
export function listPosts(
  posts: RandomAccess,
  { users, comments }: { readonly users: RandomAccess | null; readonly comments: RandomAccess | null },
  sink: MemberSink,
): void {
  const { threads, postIds, authors } = readThreads(posts);
  const names = users ? namesOf(users, authors) : new Map<string, string>();
  const said = comments ? commentsOf(comments, postIds) : new Map<string, Row[]>();
  for (const { question: place, answers } of threads.values()) {
    const question = rowAt(posts, place);
    const path = sink.admit(questionName(question));
    if (path === null) continue;
    const page = renderQuestion({
      question,
      answers: answers.map((answer) => rowAt(posts, answer)),
      comments: said,
      nameOf: (id) => names.get(id) ?? null,
    });
    const bytes = Buffer.from(page, 'utf8');
    sink.count(bytes.length);
    const start = sink.spool.length;
    sink.spool.append(bytes);
    const content = { kind: 'member', file: sink.spool.file, start, length: bytes.length } as const;
    sink.put({ path, size: bytes.length, mtimeMs: null, content });
  }
}

function readThreads(posts: RandomAccess) {
  const threads = new Map<string, Thread>();
  const orphans: { readonly parent: string; readonly place: Stretch }[] = [];
  const postIds = new Set<string>();
  const authors = new Set<string>();
  for (const { line, ...place } of rows(posts)) {
    const id = attribute(line, 'Id');
    const type = attribute(line, 'PostTypeId');
    if (id === null || (type !== '1' && type !== '2')) continue;
    if (postIds.size >= MAX_POSTS) {
      throw new RagError('PARSE_TOO_LARGE', {
        message: `The dump has more than ${MAX_POSTS} posts.`,
        hint: 'Take the dump of a smaller site, or a part of this one.',
      });
    }
    postIds.add(id);
    const author = attribute(line, 'OwnerUserId');
    if (author !== null) authors.add(author);
    const parent = attribute(line, 'ParentId');
    if (type === '1') threads.set(id, { question: place, answers: [] });
    else if (parent !== null && threads.has(parent)) threads.get(parent)!.answers.push(place);
    else if (parent !== null) orphans.push({ parent, place });
  }
  for (const { parent, place } of orphans) threads.get(parent)?.answers.push(place);
  return { threads, postIds, authors };
}

function namesOf(users: RandomAccess, wanted: ReadonlySet<string>): Map<string, string> {
  const names = new Map<string, string>();
  for (const { line } of rows(users)) {
    const id = attribute(line, 'Id');
    const name = id !== null && wanted.has(id) ? rowAttributes(line).get('DisplayName') : undefined;
    if (id !== null && name) names.set(id, name);
  }
  return names;
}

function commentsOf(comments: RandomAccess, posts: ReadonlySet<string>): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  let bytes = 0;
  for (const { line, length } of rows(comments)) {
    const post = attribute(line, 'PostId');
    if (post === null || !posts.has(post)) continue;
    bytes += length;
    if (bytes > MAX_COMMENT_BYTES) break;
    const there = found.get(post);
    if (there) there.push(rowAttributes(line));
    else found.set(post, [rowAttributes(line)]);
  }
  return found;
}

const rowAt = (access: RandomAccess, { start, length }: Stretch): Row =>
  rowAttributes(access.read(start, length).toString('utf8'));

/** A plain attribute, such as a number, without reading the others. */
function attribute(line: string, name: string): string | null {
  const at = line.indexOf(` ${name}="`);
  if (at === -1) return null;
  const start = at + name.length + 3;
  const end = line.indexOf('"', start);
  return end === -1 ? null : line.slice(start, end);
}

function* rows(access: RandomAccess): Generator<Stretch & { readonly line: string }> {
  for (let base = 0; base < access.length; ) {
    const window = access.read(base, WINDOW_BYTES + LONGEST_ROW);
    let at = 0;
    while (at < WINDOW_BYTES && at < window.length) {
      const newline = window.indexOf(0x0a, at);
      const end = newline === -1 ? window.length : newline;
      if (end - at < LONGEST_ROW) {
        const line = window.toString('utf8', at, end);
        if (line.trimStart().startsWith('<row ')) yield { line, start: base + at, length: end - at };
      }
      at = end + 1;
    }
    base += at;
  }
}
