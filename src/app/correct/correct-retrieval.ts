import { readNewestAsked } from '../../retrieve/query/newest-asked.ts';
import type { AppContext } from '../app-context.ts';
import type { Routed } from '../routes/types.ts';
import { search } from '../search.ts';
import type { SearchHit, SearchOptions, SearchResult } from '../types.ts';
import type { Weighed } from '../validity/weigh-validity.ts';
import { type Graded, gradeOf, gradeQuestion, isBetter } from './grade.ts';
import { noteOnHidden } from './note-on-hidden.ts';
import { searchParts } from './search-parts.ts';
import type { Correction, Grade } from './types.ts';

const MAX_TRIES = 3;
/** No further try is begun after so long. */
const MAX_TIME_MS = 5000;
/** A deeper search brings so many times as many hits. */
const DEEPER = 4;
/** Of many passages one holds some words of any question: what was found by trying again must hold more of it. */
const MIN_CORRECTED_COVERAGE = 0.6;
/** Hits of further down that may come to the top. */
const MAX_LIFTED = 2;

type Options = SearchOptions & { readonly limit: number };

type Try = {
  readonly kind: Correction['kind'];
  /** Null where it finds nothing. */
  readonly find: () => Promise<Graded | null>;
};

/**
 * What was found, graded, and where it is weak what the best of a few further searches found: without a date that the
 * question only seems to ask for, part by part, deeper, and for more words. What is good enough is searched for no second
 * time. The grade stands in the result, with a note on what was tried, what is missing and what is nearest.
 */
export async function correctRetrieval(
  context: AppContext,
  question: string,
  { routed: first, settled }: Weighed,
  options: Options,
): Promise<Routed> {
  // What was read as a filter, as the time of a version or as a wish for what is newest is met by documents, not by words.
  const undated = withoutDates(question, first.result);
  const newest =
    first.result.route?.kind === 'newest' && (await readNewestAsked(question, context.runtime.clock.now()));
  const timeless = newest && newest.until === null ? without(undated, newest.written) : undated;
  const subject = without(timeless, settled);
  const graded = gradeQuestion(context.store, subject, first);
  if (graded.grade.answerable || context.store.countDocuments(options.filter ?? {}) === 0) return withGrade(graded);
  const started = context.runtime.clock.now();
  const isLate = (): boolean => context.runtime.clock.now() - started > MAX_TIME_MS;
  const corrections: Correction[] = [];
  let best = graded;
  let kept: Correction | null = null;
  for (const each of triesFor(context, { question, undated, subject }, first.result, options).slice(0, MAX_TRIES)) {
    if (best.grade.answerable || isLate()) break;
    const found = heldToMore(await each.find());
    const correction = { kind: each.kind, graded: found?.grade.coverage ?? 0 };
    corrections.push(correction);
    if (!found || !isBetter(found.grade, best.grade)) continue;
    best = found;
    kept = correction;
  }
  const notes = [
    ...noteOnTries(graded.grade, corrections, kept),
    ...(best.grade.answerable ? [] : noteOnNearest(best.routed.result.hits)),
    ...(best.grade.answerable || isLate() ? [] : await noteOnHidden(context, question, options)),
  ];
  return withGrade(best, { notes, corrections });
}

const heldToMore = (found: Graded | null): Graded | null =>
  found && found.grade.coverage < MIN_CORRECTED_COVERAGE
    ? { ...found, grade: { ...found.grade, answerable: false } }
    : found;

function withGrade(
  { routed, grade }: Graded,
  { notes, corrections }: { notes: readonly string[]; corrections: readonly Correction[] } = NOTHING,
): Routed {
  const { result } = routed;
  return {
    ...routed,
    result: {
      ...result,
      notes: [...result.notes, ...notes],
      grade,
      ...(corrections.length > 0 ? { corrections } : {}),
    },
  };
}

const NOTHING = { notes: [], corrections: [] };

function triesFor(
  context: AppContext,
  { question, undated, subject }: { readonly question: string; readonly undated: string; readonly subject: string },
  found: SearchResult,
  options: Options,
): Try[] {
  const { log: _, explain: __, ...quiet } = options;
  const again = async (text: string, changed: Partial<SearchOptions>): Promise<Graded | null> => {
    const result = await search(context, text, { ...quiet, ...changed });
    if (result.hits.length === 0) return null;
    const hits = bestCoveringFirst(subject, result.hits, options.limit);
    return {
      routed: { result: { ...result, query: question, hits, route: found.route } },
      grade: gradeOf(subject, hits),
    };
  };
  const tries: Try[] = [];
  if (undated !== question) tries.push({ kind: 'without-dates', find: () => again(undated, {}) });
  const parts = searchParts(context, question, quiet, found.hits);
  if (parts) tries.push({ kind: 'decomposed', find: parts });
  const deep = { limit: options.limit * DEEPER, perDocument: 0 };
  tries.push({ kind: 'deeper', find: () => again(question, deep) });
  const expandQuery = writesQueries(options.expansionModel ?? context.settings.model) ? 'multi-query' : 'rm3';
  if (options.expandQuery === undefined)
    tries.push({ kind: 'expanded', find: () => again(question, { ...deep, expandQuery }) });
  return tries;
}

/** Whether a name is of a model, which quoting is not. */
const writesQueries = (model: string | undefined): boolean =>
  model !== undefined && model !== 'none' && model !== 'extractive';

/**
 * The question without the dates in words that were read as filters; operators such as since:2024 are the user's own, and
 * stay.
 */
function withoutDates(question: string, { explanation }: SearchResult): string {
  const dates = explanation.filters.filter(({ written }) => !/^-?[a-z]+:/i.test(written));
  return dates.reduce((text, { written }) => without(text, written), question);
}

function without(text: string, written: string): string {
  const rest = text.replace(written, ' ').replace(/\s+/g, ' ').trim();
  return written !== '' && /[\p{L}\p{N}]/u.test(rest) ? rest : text;
}

/** The first hits, with those of further down that hold more of the question before them. */
function bestCoveringFirst(question: string, hits: readonly SearchHit[], limit: number): SearchHit[] {
  const coverageOf = (hit: SearchHit): number => gradeOf(question, [hit]).coverage;
  const top = hits.slice(0, limit);
  const best = Math.max(...top.map(coverageOf));
  const lifted = hits
    .slice(limit)
    .map((hit) => ({ hit, coverage: coverageOf(hit) }))
    .filter(({ coverage }) => coverage > best)
    .sort((a, b) => b.coverage - a.coverage)
    .slice(0, MAX_LIFTED)
    .map(({ hit }) => hit);
  return [...lifted, ...top].slice(0, limit).map((hit, i) => ({ ...hit, rank: i + 1 }));
}

const WORDS: Readonly<Record<Correction['kind'], string>> = {
  'without-dates': 'without the date',
  decomposed: 'part by part',
  deeper: 'deeper',
  expanded: 'for more words',
};

function noteOnTries(first: Grade, corrections: readonly Correction[], kept: Correction | null): string[] {
  if (corrections.length === 0) return [];
  const tried = corrections.map(({ kind }) => WORDS[kind]).join(', then ');
  const outcome = kept ? `${WORDS[kept.kind]} it was ${percent(kept.graded)}` : 'it found nothing better';
  const weak = first.coverage === 0 ? 'Nothing of the question' : `Only ${percent(first.coverage)} of the question`;
  return [`${weak} stood in the best passage, so it was searched again ${tried}: ${outcome}.`];
}

const percent = (share: number): string => `${Math.round(100 * share)}%`;

function noteOnNearest([nearest]: readonly SearchHit[]): string[] {
  if (!nearest) return [];
  const { page, lines } = nearest.chunk;
  const place = page !== null ? `, page ${page}` : lines ? `, line ${nearest.place?.line ?? lines.start}` : '';
  return [`Nearest is "${nearest.document.title}" (${nearest.path}${place}).`];
}
