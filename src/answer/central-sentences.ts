import type { Hit } from '../domain/search.ts';
import type { Extract } from './extract-answer.ts';
import { passageUnits, type Unit } from './passage-units.ts';
import { stopWords } from './stop-words.ts';
import { indexTerms } from './text-terms.ts';

export type CentralOptions = {
  /** Passages of one document, in order. */
  readonly hits: readonly Pick<Hit, 'chunk' | 'document'>[];
  readonly documentText: string | null;
  readonly maxSentences: number;
  /** What was looked for: sentences that have its words come before others. */
  readonly query?: string;
};

/** Similarities grow with the square; of a longer document, sentences are taken evenly. */
const MAX_COMPARED = 400;
const MIN_WORDS = 5;
const MAX_WORDS = 60;
/** Below, two sentences have a word in common by chance. Source: Erkan and Radev, JAIR 2004. */
const MIN_SIMILARITY = 0.1;
const DAMPING = 0.85;
const ROUNDS = 30;
/** Who writes says first what follows: the first sentence of the document, and that of each section. */
const FIRST_OF_DOCUMENT = 1.5;
const FIRST_OF_SECTION = 1.2;
/** What having all words of the query multiplies by, less one. */
const QUERY_WEIGHT = 4;
/** From this share of common words on, a sentence repeats another. */
const MAX_LIKENESS = 0.5;

type Sentence = { readonly marker: number; readonly unit: Unit; readonly prior: number; readonly vector: Vector };
type Vector = { readonly weights: ReadonlyMap<string, number>; readonly length: number };

/**
 * The sentences of a document that most others are like, in reading order, with the passage of each: a walk over the
 * similarities of sentences (tf * idf, cosine), times where they stand. Headings, tables and code are left out unless
 * there is nothing else.
 * Source: LexRank, Erkan and Radev, JAIR 2004.
 */
export function centralSentences(options: CentralOptions): Extract[] {
  const sentences = sentencesOf(options);
  const scores = centralityOf(sentences);
  const ranked = sentences
    .map((sentence, i) => ({ sentence, at: i, score: (scores[i] as number) * sentence.prior }))
    .sort((a, b) => b.score - a.score || a.at - b.at);
  const chosen: typeof ranked = [];
  for (const candidate of ranked) {
    if (chosen.length >= options.maxSentences) break;
    const isSaid = chosen.some(({ sentence }) => cosine(sentence.vector, candidate.sentence.vector) > MAX_LIKENESS);
    if (!isSaid) chosen.push(candidate);
  }
  return chosen.sort((a, b) => a.at - b.at).map(({ sentence: { marker, unit }, score }) => ({ marker, unit, score }));
}

function sentencesOf({ hits, documentText, query }: CentralOptions): Sentence[] {
  const asked = new Set(query === undefined ? [] : stemsOf(query));
  const all = hits.flatMap((hit, i) => passageUnits(hit, documentText).map((unit) => ({ marker: i + 1, unit })));
  const prose = all.filter(({ unit }) => ['sentence', 'list-item'].includes(unit.kind) && isLongEnough(unit));
  const usable = prose.length > 0 ? prose : all.filter(({ unit }) => unit.kind !== 'heading');
  const step = Math.max(1, usable.length / MAX_COMPARED);
  const taken = Array.from({ length: Math.min(usable.length, MAX_COMPARED) }, (_, i) => usable[Math.floor(i * step)]!);
  const words = taken.map(({ unit }) => stemsOf(unit.text));
  const counts = new Map<string, number>();
  for (const own of words) for (const stem of new Set(own)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return taken.map(({ marker, unit }, i) => {
    const before = taken[i - 1];
    const isFirst = !before || before.marker !== marker || before.unit.heading !== unit.heading;
    return {
      marker,
      unit,
      prior: (i === 0 ? FIRST_OF_DOCUMENT : isFirst ? FIRST_OF_SECTION : 1) * relevanceOf(words[i]!, asked),
      vector: vectorOf(words[i]!, (stem) => Math.log(1 + taken.length / (counts.get(stem) ?? 1))),
    };
  });
}

const stemsOf = (text: string): string[] =>
  indexTerms(text).words.flatMap(({ word, stem }) => (stopWords.has(word) ? [] : [stem]));

function relevanceOf(own: readonly string[], asked: ReadonlySet<string>): number {
  if (asked.size === 0) return 1;
  const there = new Set(own.filter((stem) => asked.has(stem)));
  return 1 + (QUERY_WEIGHT * there.size) / asked.size;
}

function isLongEnough({ text }: Unit): boolean {
  const words = text.split(/\s+/).length;
  // Scripts without spaces have few words by this count.
  return (words >= MIN_WORDS || text.length >= 60 || /[。！？]/.test(text)) && words <= MAX_WORDS;
}

function vectorOf(stems: readonly string[], idf: (stem: string) => number): Vector {
  const weights = new Map<string, number>();
  for (const stem of stems) weights.set(stem, (weights.get(stem) ?? 0) + idf(stem));
  return { weights, length: Math.hypot(...weights.values()) };
}

function cosine(a: Vector, b: Vector): number {
  const [small, large] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [stem, weight] of small.weights) sum += weight * (large.weights.get(stem) ?? 0);
  return a.length > 0 && b.length > 0 ? sum / (a.length * b.length) : 0;
}

/** One weight for each sentence; they add up to 1. */
function centralityOf(sentences: readonly Sentence[]): number[] {
  const count = sentences.length;
  const links = sentences.map((a, i) =>
    sentences.map((b, j) => {
      const likeness = i === j ? 0 : cosine(a.vector, b.vector);
      return likeness >= MIN_SIMILARITY ? likeness : 0;
    }),
  );
  const totals = links.map((row) => row.reduce((sum, each) => sum + each, 0));
  let scores = sentences.map(() => 1 / count);
  for (let round = 0; round < ROUNDS; round++) {
    const loose = scores.reduce((sum, score, i) => (totals[i] === 0 ? sum + score : sum), 0) / count;
    scores = sentences.map((_, j) => {
      let arriving = loose;
      for (let i = 0; i < count; i++) {
        const total = totals[i] as number;
        if (total > 0) arriving += ((scores[i] as number) * (links[i]![j] as number)) / total;
      }
      return (1 - DAMPING) / count + DAMPING * arriving;
    });
  }
  return scores;
}
