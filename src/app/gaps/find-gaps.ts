import { judgeRelevance } from '../../answer/judge-relevance.ts';
import { createBuiltinEmbedder } from '../../embed/builtin/builtin-embedder.ts';
import { throwIfAborted } from '../../platform/errors.ts';
import { parseQuery } from '../../retrieve/parse-query.ts';
import type { LoggedQuestion, Store } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { search } from '../search.ts';
import type { SearchHit } from '../types.ts';
import { momentOf } from '../usage/moment-of.ts';
import { bestCosineOf } from '../usage/remembered-search.ts';
import { missingTerms } from '../usage/word-coverage.ts';
import { dbscan } from './dbscan.ts';
import { describeGap } from './describe-gap.ts';
import { findsLittle, mayFindLittle } from './finds-little.ts';
import { mostCentral, tellingTerms } from './label-clusters.ts';
import type { Gap, GapOptions, GapReport } from './types.ts';

/** Of the log, which holds no more. */
const MAX_LOGGED = 10_000;
/** Questions that are asked again, 10 ms each. */
const MAX_ASKED_AGAIN = 500;
const DEFAULT_LIMIT = 20;
/** Hits that coverage is judged by. */
const JUDGED_HITS = 3;

/**
 * 1 - cosine of questions that belong together. Of pairs of questions on different passages 1 in 2,600 (xquad-en) to 1 in
 * 1,400 (fiqa) is nearer, and of the pairs that are nearer two thirds of xquad-en's have the same passage and most of the
 * others the same subject. `vpn reset` and `resetting my vpn password` are .17 apart, `dental insurance` and `is dental
 * covered?` .36, `guest wifi` and `vpn reset` .91.
 */
const RADIUS = 0.45;

/** Two askings make a subject: most logs are short, and a gap that was met once stands for itself. */
const MIN_WEIGHT = 2;

type Distinct = {
  readonly text: string;
  readonly asked: number;
  readonly lastAsked: string;
  readonly mayLack: boolean;
};

type Lacking = Distinct & {
  readonly vector: Float32Array | null;
  readonly terms: readonly string[];
  readonly coverage: number;
  readonly cosine: number | null;
  readonly nearest: SearchHit | null;
};

/**
 * Questions of the log that found little, asked again so that what was added since counts; those of one subject are one
 * gap. Throws ABORTED.
 */
export async function findGaps(context: AppContext, options: GapOptions = {}): Promise<GapReport> {
  const { store } = context;
  const logged = store
    .questions({ since: momentOf(options.since), limit: MAX_LOGGED })
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  const distinct = distinctQuestions(logged);
  const suspects = distinct.filter(({ mayLack }) => mayLack);
  const again = suspects.slice(0, MAX_ASKED_AGAIN);
  const lacking: Lacking[] = [];
  // The shipped model, whatever the database's vectors come from: the radius was measured with it, and it is free.
  const embedder = createBuiltinEmbedder();
  for (const [i, question] of again.entries()) {
    throwIfAborted(options.signal);
    options.onQuestion?.(i + 1, again.length);
    const { hits } = await search(context, question.text, { signal: options.signal });
    const cosine = bestCosineOf(hits);
    const { coverage } = judgeRelevance({ question: question.text, hits: hits.slice(0, JUDGED_HITS) });
    if (!findsLittle({ results: hits.length, coverage, cosine })) continue;
    const vector = await embedder.embedQuery(question.text, options.signal);
    // As typed: a search may have put other words in the place of those that nothing has.
    const terms = parseQuery(question.text).terms.map((term) => term.toLowerCase());
    lacking.push({ ...question, vector, terms, coverage, cosine, nearest: hits[0] ?? null });
  }
  const gaps = gapsOf(store, lacking);
  const limit = options.limit ?? DEFAULT_LIMIT;
  return {
    gaps: gaps.slice(0, limit),
    more: Math.max(0, gaps.length - limit),
    asked: logged.length,
    questions: distinct.length,
    filled: again.length - lacking.length,
    unchecked: suspects.length - again.length,
    reason: gaps.length > 0 ? null : reasonForNone(context, distinct.length, options),
  };
}

/** The same question once, as it was typed last; most asked first, then the latest. */
function distinctQuestions(logged: readonly LoggedQuestion[]): Distinct[] {
  const byText = new Map<string, LoggedQuestion[]>();
  for (const each of logged) {
    const there = byText.get(each.normalized);
    if (there) there.push(each);
    else byText.set(each.normalized, [each]);
  }
  return [...byText.values()]
    .map((same) => ({
      text: same[0]?.text ?? '',
      asked: same.length,
      lastAsked: same[0]?.askedAt ?? '',
      mayLack: same.some(({ results, coverage, bestCosine }) =>
        mayFindLittle({ results, coverage, cosine: bestCosine }),
      ),
    }))
    .sort((a, b) => b.asked - a.asked || (a.lastAsked < b.lastAsked ? 1 : a.lastAsked > b.lastAsked ? -1 : 0));
}

function gapsOf(store: Store, lacking: readonly Lacking[]): Gap[] {
  const withVector = lacking.filter((each): each is Lacking & { vector: Float32Array } => each.vector !== null);
  const points = withVector.map(({ vector, asked }) => ({ vector, weight: asked }));
  const clusters = dbscan(points, { radius: RADIUS, minWeight: MIN_WEIGHT }).map((members) =>
    members.map((i) => withVector[i] as Lacking),
  );
  const clustered = new Set(clusters.flat());
  const all = [...clusters, ...lacking.filter((each) => !clustered.has(each)).map((each) => [each])];
  const terms = tellingTerms(all.map((members) => members.flatMap((member) => member.terms)));
  return all
    .map((members, i) => gapOf(store, members, terms[i] ?? []))
    .sort((a, b) => b.asked - a.asked || (a.lastAsked < b.lastAsked ? 1 : -1));
}

function gapOf(store: Store, members: readonly Lacking[], terms: readonly string[]): Gap {
  const weighted = members.map(({ vector, asked }) => ({ vector, weight: asked }));
  const central = members[mostCentral(weighted)] as Lacking;
  const { nearest } = central;
  const words = [...new Set(members.flatMap((member) => member.terms))];
  const described = {
    question: central.text,
    questions: members.map(({ text }) => text),
    terms,
    asked: members.reduce((sum, { asked }) => sum + asked, 0),
    lastAsked: members.map(({ lastAsked }) => lastAsked).reduce((a, b) => (a > b ? a : b)),
    unknownWords: words.filter((word) => !store.knowsWord(word)),
    missingWords: nearest ? missingTerms(central.terms, nearest) : central.terms,
    coverage: central.coverage,
    cosine: central.cosine,
    nearest: nearest && {
      documentId: nearest.document.documentId,
      title: nearest.document.title,
      path: nearest.path,
      uri: nearest.document.uri,
    },
  };
  return { ...described, advice: describeGap(described) };
}

function reasonForNone({ store, settings }: AppContext, questions: number, { since }: GapOptions): string {
  if (questions === 1) return 'The one question in the log finds something that speaks of it.';
  if (questions > 1)
    return `All of the ${questions} different questions in the log find something that speaks of them.`;
  if (!settings.log.questions) return 'Questions are not logged: the setting log.questions is off.';
  if (store.questionFigures().count > 0 && since) return `Nothing was asked since ${since}.`;
  return 'No question was asked of this database yet.';
}
