import type { SearchFilter } from '../../domain/search.ts';
import type { Validity } from '../../domain/validity.ts';
import { readTimeAsked, type TimeAsked } from '../../retrieve/query/time-asked.ts';
import type { AppContext } from '../app-context.ts';
import type { Routed } from '../routes/types.ts';
import { search } from '../search.ts';
import type { SearchHit, SearchOptions } from '../types.ts';
import { appliesAt } from './applies-at.ts';
import { documentVersions, type Version } from './document-versions.ts';
import { saysNothing } from './read-validity.ts';

/** Hits of a version that was not found by itself. */
const HITS_OF_VERSION = 3;
const MAX_FETCHED = 2;
/** A document that applies is asked for in place of one that does not when its best hit scores at least this share. */
const NEAR_SHARE = 0.5;

type Options = SearchOptions & { readonly limit: number };

export type Weighed = {
  readonly routed: Routed;
  /** Words of the question that say a time, where documents of that time were found: no passage need say them. */
  readonly settled: string;
};

/**
 * Puts documents that do not apply at the time that a question is about, by what they say of themselves, behind those that
 * do: the other version of the same, which is looked for where it was not found, or one with nearly as good a score. Each
 * hit says when its document applies, and notes say what was put back and why. A question that names no time is about now.
 */
export async function weighValidity(
  context: AppContext,
  question: string,
  routed: Routed,
  options: Options,
): Promise<Weighed> {
  const { store, runtime } = context;
  const { result } = routed;
  const documents = new Map(
    result.hits.map(({ chunk, path }) => [chunk.documentId, { documentId: chunk.documentId, path }]),
  );
  const versions = documentVersions(store, [...documents.values()]);
  if ([...versions.values()].every((each) => saysNothing(each.stated) && !each.successor && !each.predecessor))
    return { routed, settled: '' };
  const time = await readTimeAsked(question, runtime.clock.now());
  const isFixed =
    routed.extracts !== undefined || result.route?.kind === 'document' || result.route?.kind === 'comparison';
  const fetched = isFixed ? [] : await fetchVersions(context, question, { hits: result.hits, versions, time, options });
  const hits = [...fetched, ...result.hits].map(
    (hit): SearchHit => withValidity(hit, versions.get(hit.chunk.documentId), time),
  );
  const back = isFixed ? new Set<Version>() : putBack(hits, versions, time);
  const isBack = ({ chunk }: SearchHit): boolean => back.has(versions.get(chunk.documentId) as Version);
  const ordered = [...hits.filter((hit) => !isBack(hit)), ...hits.filter(isBack)].slice(
    0,
    Math.max(options.limit, result.hits.length),
  );
  const notes = [...back].map((version) => noteOn(version, time));
  const settles = ordered.some(({ chunk, validity }) => validity?.applies && isDated(versions.get(chunk.documentId)));
  const weighed: Routed = {
    ...routed,
    result: {
      ...result,
      hits: ordered.map((hit, at) => ({ ...hit, rank: at + 1 })),
      notes: [...result.notes, ...notes],
      ...(time.written !== '' && back.size > 0 && result.route?.kind === 'search'
        ? { route: { kind: 'newest' as const, note: notes[0] as string } }
        : {}),
    },
  };
  return { routed: weighed, settled: settles && time.kind !== 'now' ? time.written : '' };
}

const isDated = (version: Version | undefined): boolean =>
  version !== undefined &&
  (version.stated.from !== null ||
    version.stated.after !== null ||
    version.successor !== null ||
    version.predecessor !== null);

function withValidity(hit: SearchHit, version: Version | undefined, time: TimeAsked): SearchHit {
  if (!version || (saysNothing(version.stated) && !version.successor)) return hit;
  const { from, after, status } = version.stated;
  const iso = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString());
  const validity: Validity = {
    from: iso(from),
    until: after === null ? null : iso(after - 1),
    status,
    supersededBy: version.successor?.path ?? null,
    applies: appliesAt(version, time),
  };
  return { ...hit, validity };
}

type Found = {
  readonly hits: readonly SearchHit[];
  readonly versions: ReadonlyMap<Version['id'], Version>;
  readonly time: TimeAsked;
  readonly options: Options;
};

/** The best passages of the version that applies, where only the other one was found, within the user's filter. */
async function fetchVersions(
  context: AppContext,
  question: string,
  { hits, versions, time, options }: Found,
): Promise<SearchHit[]> {
  const { log: _, explain: __, ...quiet } = options;
  const found = new Set(hits.map(({ chunk }) => chunk.documentId));
  const wanted = [...versions.values()]
    .filter((version) => found.has(version.id) && !appliesAt(version, time))
    .flatMap((version) => [version.successor, version.predecessor])
    .filter((other): other is Version => other !== null && !found.has(other.id) && appliesAt(other, time));
  const fetched: SearchHit[] = [];
  for (const version of [...new Set(wanted)].slice(0, MAX_FETCHED)) {
    const [document] = context.store.findDocuments(version.id, 1);
    if (!document || !context.store.passesFilter(document.row, options.filter ?? {})) continue;
    const filter: SearchFilter = {
      ...options.filter,
      also: [...(options.filter?.also ?? []), { paths: [globOf(version.path)] }],
    };
    const result = await search(context, question, { ...quiet, filter, limit: HITS_OF_VERSION });
    fetched.push(...result.hits.filter(({ chunk }) => chunk.documentId === version.id));
  }
  return fetched;
}

const globOf = (path: string): string => path.replace(/[\\*?[\]{}!()]/g, '\\$&');

/** Versions that do not apply where another one that does was found. */
function putBack(
  hits: readonly SearchHit[],
  versions: ReadonlyMap<Version['id'], Version>,
  time: TimeAsked,
): Set<Version> {
  const best = new Map<Version, number>();
  for (const { chunk, score } of hits) {
    const version = versions.get(chunk.documentId);
    if (version) best.set(version, Math.max(score, best.get(version) ?? 0));
  }
  const applying = [...best.keys()].filter((version) => appliesAt(version, time));
  const back = new Set<Version>();
  for (const [version, score] of best) {
    if (appliesAt(version, time)) continue;
    const isOtherThere = applying.some((other) => other === version.successor || other === version.predecessor);
    const isReplaced =
      time.written !== '' &&
      time.kind !== 'before' &&
      applying.some((other) => !saysNothing(other.stated) && (best.get(other) ?? 0) >= NEAR_SHARE * score);
    if (isOtherThere || isReplaced) back.add(version);
  }
  return back;
}

function noteOn({ path, stated, successor }: Version, time: TimeAsked): string {
  const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  const because = time.written === '' ? '' : ` for "${time.written}"`;
  if (time.kind === 'before') return `${path} comes last${because}: it is what applies now.`;
  if (stated.from !== null && stated.from >= time.period.after)
    return `${path} comes last${because}: it applies from ${day(stated.from)} only.`;
  if (successor) {
    const from = successor.stated.from ?? successor.stated.dated;
    return `${path} comes last${because}: it was superseded by ${successor.path}${from === null ? '' : ` from ${day(from)}`}.`;
  }
  const end =
    stated.after === null ? `it says that it is ${stated.status}` : `it applied until ${day(stated.after - 1)}`;
  return `${path} comes last${because}: ${end}.`;
}
