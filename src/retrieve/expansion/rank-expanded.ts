import type { ScorePart } from '../../domain/search.ts';
import type { Embedder } from '../../embed/types.ts';
import { isRagError, RagError } from '../../platform/errors.ts';
import type { Store } from '../../store/types.ts';
import type { Leg } from '../fuse-scores.ts';
import { type ParsedQuery, parseQuery } from '../parse-query.ts';
import { type Ranking, type RankingOptions, rankPassages } from '../rank-passages.ts';
import type { Candidate } from '../types.ts';
import { type FeedbackPassage, feedbackTerms } from './feedback-terms.ts';
import { writeHypotheticalPassage, writeOtherQueries } from './model-texts.ts';
import type { QueryExpansion, WriteText } from './types.ts';

type Ports = { readonly store: Store; readonly embedder: Embedder };

const SECOND_TRY_TERMS = 10;

/**
 * The ranking of a query, widened as asked; unasked, by `rm3`, when no passage has any of its words. Throws USAGE for a method
 * that needs a model without one. A model that fails is left out, and a note says so.
 */
export async function rankExpanded(
  ports: Ports,
  query: ParsedQuery,
  options: RankingOptions & { readonly expansion?: QueryExpansion },
): Promise<Ranking> {
  const { expansion, parameters } = options;
  if (expansion?.method === 'hyde') return orPlain(rankByHypothesis, ports, query, options, modelOf(expansion));
  if (expansion?.method === 'multi-query') return orPlain(rankByWordings, ports, query, options, modelOf(expansion));
  const first = await rankPassages(ports, query, options);
  const asked = expansion?.method === 'rm3' ? parameters.feedbackTerms || SECOND_TRY_TERMS : parameters.feedbackTerms;
  const isLittle = first.foundByWords === 0 && options.mode === 'hybrid';
  const count = asked > 0 ? asked : isLittle ? SECOND_TRY_TERMS : 0;
  return count > 0 && query.phrases.length === 0 ? rankAgain(ports, first, options, count) : first;
}

type RankByModel = (ports: Ports, query: ParsedQuery, options: RankingOptions, write: WriteText) => Promise<Ranking>;

/** A model that fails must not keep anyone from searching. */
async function orPlain(
  rank: RankByModel,
  ...[ports, query, options, write]: Parameters<RankByModel>
): Promise<Ranking> {
  try {
    return await rank(ports, query, options, write);
  } catch (error) {
    if (!isRagError(error) || !error.code.startsWith('MODEL_')) throw error;
    const plain = await rankPassages(ports, query, options);
    return { ...plain, notes: [...plain.notes, `The query was not widened: ${error.message}`] };
  }
}

function modelOf({ method, write }: QueryExpansion): WriteText {
  if (write) return write;
  throw new RagError('USAGE', {
    message: `--expand-query ${method} needs a language model, and none is set.`,
    hint: 'Name one with --model (for example ollama/llama3.2), or use --expand-query rm3, which needs none.',
  });
}

/** RM3: the same query with words that its best passages have in common. */
async function rankAgain(ports: Ports, first: Ranking, options: RankingOptions, count: number): Promise<Ranking> {
  const { parameters } = options;
  const passages = feedbackPassages(ports.store, first.candidates.slice(0, parameters.feedbackPassages));
  const terms = feedbackTerms(passages, {
    terms: first.query.terms,
    countWords: ports.store.wordCounts,
    limit: count,
  });
  if (terms.length === 0) return first;
  const widened = expansionLeg(ports.store, terms, { options, best: bestByWords(first.candidates) });
  const again = await rankPassages(ports, first.query, { ...options, vector: first.vector, widened });
  const note =
    first.foundByWords === 0
      ? `No passage has these words; searched also for words of those nearest in meaning: ${terms.slice(0, 6).join(', ')}.`
      : `Searched also for words that the best passages have in common: ${terms.slice(0, 6).join(', ')}.`;
  return { ...again, notes: [...first.notes, note] };
}

const feedbackPassages = (store: Store, candidates: readonly Candidate[]): FeedbackPassage[] =>
  candidates.map(({ row, score }) => ({ text: store.chunkText(row), score }));

const bestByWords = (candidates: readonly Candidate[]): number =>
  Math.max(
    0,
    ...candidates.flatMap(({ signals }) => signals.filter(({ list }) => list === 'lexical')).map(({ raw }) => raw),
  );

/** What the added words find, at the weight of an expansion beside the best of the query's own words. */
function expansionLeg(
  store: Store,
  terms: readonly string[],
  { options, best }: { readonly options: RankingOptions; readonly best: number },
): Leg {
  const { depth, filter, parameters, clock } = options;
  const leg = clock.time(() => ({
    list: 'expansion' as const,
    rows: store.searchWords({ terms, phrases: [] }, depth, filter, parameters.columnWeights),
  }));
  const most = leg.rows[0]?.score ?? 0;
  const scale = best > 0 && most > 0 ? (parameters.feedbackWeight * best) / most : 1;
  return { ...leg, rows: leg.rows.map(({ row, score }) => ({ row, score: score * scale })) };
}

/** HyDE: nearest to the mean of the query and of a passage that a model writes. */
async function rankByHypothesis(
  ports: Ports,
  query: ParsedQuery,
  options: RankingOptions,
  write: WriteText,
): Promise<Ranking> {
  const text = await writeHypotheticalPassage(query.wording, write, options.signal);
  const own = await ports.embedder.embedQuery(query.wording, options.signal);
  const [written = null] = text === '' ? [] : await ports.embedder.embedPassages([text], options.signal);
  const vector = own && written ? own.map((value, i) => (value + (written[i] as number)) / 2) : (written ?? own);
  const ranking = await rankPassages(ports, query, { ...options, vector });
  const note =
    text === ''
      ? 'The model wrote no passage to look for; searched for the query alone.'
      : 'Searched also for what a passage that the model wrote means.';
  return { ...ranking, notes: [...ranking.notes, note] };
}

/** The mean of the scores of the query and its other wordings; a passage that one of them does not find has 0 of it. */
async function rankByWordings(
  ports: Ports,
  query: ParsedQuery,
  options: RankingOptions,
  write: WriteText,
): Promise<Ranking> {
  const own = await rankPassages(ports, query, options);
  const wordings = await writeOtherQueries(query.wording, write, options.signal);
  if (wordings.length === 0) return { ...own, notes: [...own.notes, 'The model gave no other wording of the query.'] };
  const rankings = [own];
  // What stood in quotes must be there, however else the rest is put.
  for (const wording of wordings)
    rankings.push(await rankPassages(ports, { ...parseQuery(wording), phrases: query.phrases }, options));
  const byRow = new Map<number, Candidate>();
  for (const { candidates } of rankings) {
    for (const { row, score, signals, parts = [] } of candidates) {
      const there = byRow.get(row);
      const share = score / rankings.length;
      const shares = parts.map(({ from, adds }) => ({ from, adds: adds / rankings.length }));
      byRow.set(
        row,
        there
          ? { ...there, score: there.score + share, parts: addedParts(there.parts ?? [], shares) }
          : { row, score: share, signals, parts: shares },
      );
    }
  }
  return {
    ...own,
    candidates: [...byRow.values()].sort((a, b) => b.score - a.score || a.row - b.row),
    fusion: `mean over ${rankings.length} wordings of (${own.fusion})`,
    notes: [...own.notes, `Searched also for: ${wordings.join(' | ')}`],
  };
}

/** One part of each kind. */
const addedParts = (a: readonly ScorePart[], b: readonly ScorePart[]): ScorePart[] =>
  [...new Set([...a, ...b].map(({ from }) => from))].map((from) => ({
    from,
    adds: [...a, ...b].reduce((sum, part) => (part.from === from ? sum + part.adds : sum), 0),
  }));
