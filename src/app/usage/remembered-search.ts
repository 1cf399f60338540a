import { performance } from 'node:perf_hooks';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { throwIfAborted } from '../../platform/errors.ts';
import { sha256Short } from '../../platform/hash.ts';
import { parseQuery } from '../../retrieve/parse-query.ts';
import type { UsageRecorder } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { withConfidence } from '../confidence/with-confidence.ts';
import { areTitlesLinked } from '../ingest/are-titles-linked.ts';
import { search } from '../search.ts';
import type { SearchHit, SearchOptions, SearchResult } from '../types.ts';
import { cutQuestion, normalizeQuestion } from './normalize-question.ts';
import { resultKey } from './result-key.ts';
import { wordCoverage } from './word-coverage.ts';

/**
 * A result goes into the file only when finding it took longer: writing it and reading it back cost a few milliseconds,
 * so that a small database is searched again in the same time.
 */
const KEEP_IN_FILE_FROM_MS = 40;

/** Compressed texts of hits that were returned whole may be large; they are found again. In UTF-16 units. */
const MAX_KEPT_LENGTH = 1_000_000;

/** Fast: a quarter of a millisecond for ten hits, to a third of their size. */
const DEFLATE_LEVEL = 1;

/**
 * Searches, or takes what the same search found before if nothing was written since (`cache`), and notes the question
 * (`log`). Neither can make a search fail or wait. Throws as `search` does.
 */
export async function rememberedSearch(
  context: AppContext,
  text: string,
  options: SearchOptions,
  command: 'search' | 'ask' = 'search',
): Promise<SearchResult> {
  const started = performance.now();
  await context.kept?.ready();
  throwIfAborted(options.signal);
  const notes: ((recorder: UsageRecorder) => void)[] = [];
  const asKept = context.kept?.text(text) ?? text;
  const key = options.cache && context.results ? resultKey(context, text, options) : null;
  const kept = key === null ? null : readKept(context, key);
  let result: SearchResult;
  if (kept) {
    result = { ...kept.result, query: text, elapsedMs: performance.now() - started };
    if (kept.from === 'file') notes.push((recorder) => recorder.touchResult(sha256Short(key as string)));
  } else {
    result = await search(context, text, options);
    // Where something was written or a day began in the meantime, nobody knows what the result belongs to; where links
    // are missing, the next search may find them.
    if (key !== null && areTitlesLinked(context.store) && resultKey(context, text, options) === key) {
      const written = keep(context, key, result);
      // What is found says again what was asked for.
      if (asKept === text) notes.push(...written);
    }
  }
  if (key !== null) {
    notes.push((recorder) => recorder.countCache('results', { hits: kept ? 1 : 0, misses: kept ? 0 : 1 }));
  }
  if (options.log && context.settings.log.questions)
    notes.push(
      noteOf(asKept, { ...options, coverage: wordCoverage(parseQuery(text).terms, result.hits) }, result, command),
    );
  if (notes.length > 0) {
    context.store.tryRecord((recorder) => {
      for (const note of notes) note(recorder);
    });
  }
  return withConfidence(context, result, options);
}

function readKept(
  { results, store }: AppContext,
  key: string,
): { readonly result: SearchResult; readonly from: 'memory' | 'file' } | null {
  const there = results?.get(key);
  if (there) return { result: JSON.parse(there) as SearchResult, from: 'memory' };
  const packed = store.keptResult(sha256Short(key));
  if (!packed) return null;
  try {
    const text = inflateRawSync(packed).toString('utf8');
    const result = JSON.parse(text) as SearchResult;
    results?.put(key, text);
    return { result, from: 'file' };
  } catch {
    // What was kept is damaged, so it is looked for again.
    return null;
  }
}

function keep({ results }: AppContext, key: string, result: SearchResult): ((recorder: UsageRecorder) => void)[] {
  const text = JSON.stringify(result);
  results?.put(key, text);
  if (result.elapsedMs < KEEP_IN_FILE_FROM_MS || text.length > MAX_KEPT_LENGTH) return [];
  const packed = deflateRawSync(text, { level: DEFLATE_LEVEL });
  return [(recorder) => recorder.keepResult(sha256Short(key), packed)];
}

const noteOf =
  (
    text: string,
    { filter = {}, coverage }: SearchOptions & { readonly coverage: number },
    result: SearchResult,
    command: string,
  ) =>
  (recorder: UsageRecorder): void =>
    recorder.putQuestion({
      text: cutQuestion(text),
      normalized: normalizeQuestion(text),
      command,
      mode: result.mode,
      filter: JSON.stringify(filter),
      results: result.hits.length,
      bestScore: result.hits[0]?.score ?? null,
      bestCosine: bestCosineOf(result.hits),
      coverage,
      elapsedMs: result.elapsedMs,
    });

/** Null when no hit was compared by its vector. */
export function bestCosineOf(hits: readonly SearchHit[]): number | null {
  const cosines = hits.flatMap(({ signals }) => signals.filter(({ list }) => list === 'vector').map(({ raw }) => raw));
  return cosines.length > 0 ? Math.max(...cosines) : null;
}
