import type { Chunk } from '../domain/chunk.ts';
import type { Hit } from '../domain/search.ts';
import { fencePassage } from './fence-passage.ts';
import { isNearCopy, type Shingles, shinglesOf } from './near-copies.ts';
import { type Block, blockOf, hitOfBlock, joined, type TextOf } from './passage-blocks.ts';
import { estimatePromptTokens } from './prompt-tokens.ts';
import { splitSentences } from './split-sentences.ts';

/** A passage as the model sees it. */
export type PackedPassage = {
  /** `[marker]`, from 1, in order. */
  readonly marker: number;
  /** Grown, where passages that follow one another are shown as one. */
  readonly hit: Hit;
  /** The chunk's text, or its first whole sentences when not all of it fitted. */
  readonly text: string;
};

export type PackedContext = {
  readonly passages: readonly PackedPassage[];
  /** The rendered passages as they go into the prompt. At most `maxTokens` by `estimatePromptTokens`. */
  readonly text: string;
};

/** What stands around a passage in its document. */
export type Surroundings = {
  /** Null where the document has no such chunk. */
  readonly chunkAt: (documentId: Chunk['documentId'], ordinal: number) => Chunk | null;
  readonly textOf: TextOf;
};

export type PackOptions = {
  /** Best first. */
  readonly hits: readonly Hit[];
  readonly maxTokens: number;
  /** `given`: passages stay in their order and nothing is left out but for room. Else the best stand at both ends. */
  readonly order?: 'ends' | 'given';
  /** Without it no passage grows. */
  readonly around?: Surroundings;
  /** How a passage is written; fenced for a prompt unless said otherwise. */
  readonly render?: (passage: PackedPassage) => string;
};

/** A cut passage shorter than this says too little to be worth its fence. */
const MIN_CUT_LENGTH = 80;
/** A citation of a longer passage points to a page, not to a place. By `estimatePromptTokens`. */
const MAX_BLOCK_TOKENS = 1200;
/** Share of the budget that passages have first which no word and no vector found, and most of them. */
const GRAPH_SHARE = 0.2;
const MAX_GRAPH_ONLY = 2;
/** Neighbours on either side that a passage grows by while room lasts. */
const MAX_NEIGHBOURS = 2;
/** No prompt has more passages; their numbers are counted with so many digits. */
const WIDEST_MARKER = 999;

/**
 * Chooses what a reader of so many tokens gets of what was found: the best first, each passage once though it was found
 * in several copies, passages that only the graph found in places kept for them, and while room lasts the passages
 * beside them. The first that does not fit is cut at a sentence. Passages that follow one another become one. The best
 * stand first and last, since what is in the middle of a long prompt is read least. Passages are taken by relevance alone:
 * by relevance per token, short ones crowd out those that answer.
 * Source of the order: Liu et al., Lost in the Middle, TACL 2024. Deterministic; never over the budget.
 */
export function packContext(options: PackOptions): PackedContext {
  const { render = fencePassage, order = 'ends' } = options;
  const packing = createPacking(options, render);
  if (order === 'given') for (const hit of options.hits) packing.add(hit);
  else {
    const distinct = withoutCopies(options.hits);
    const found = distinct.filter((hit) => !isGraphOnly(hit));
    const kept = distinct.filter(isGraphOnly).slice(0, MAX_GRAPH_ONLY);
    // The best passage comes before any that is kept a place for.
    const [best, ...others] = found;
    if (best) packing.add(best);
    for (const hit of kept) packing.addWithin(hit, GRAPH_SHARE * options.maxTokens);
    for (const hit of [...others, ...distinct.filter(isGraphOnly)]) packing.add(hit);
    packing.grow();
  }
  const blocks = order === 'given' ? packing.blocks() : atBothEnds(packing.blocks());
  const passages = blocks.map((block, at) => packing.passageOf(block, at + 1));
  return { passages, text: passages.map(render).join(SEPARATOR) };
}

const SEPARATOR = '\n\n';

/** Passages that no passage before them is nearly the same as. */
function withoutCopies(hits: readonly Hit[]): Hit[] {
  const kept: { readonly hit: Hit; readonly shingles: Shingles }[] = [];
  for (const hit of hits) {
    const shingles = shinglesOf(hit.chunk.text);
    if (!kept.some((each) => isNearCopy(each.shingles, shingles))) kept.push({ hit, shingles });
  }
  return kept.map(({ hit }) => hit);
}

const isGraphOnly = ({ signals }: Hit): boolean =>
  signals.some(({ list }) => list === 'graph') && !signals.some(({ list }) => FINDERS.has(list));

const FINDERS: ReadonlySet<string> = new Set(['lexical', 'trigram', 'expansion', 'vector']);

function createPacking({ maxTokens, around }: PackOptions, render: (passage: PackedPassage) => string) {
  /** In the order in which they were added. */
  const blocks: { block: Block; tokens: number }[] = [];
  let used = 0;
  let cut = false;

  const passageOf = (block: Block, marker: number): PackedPassage => {
    const hit = (around && hitOfBlock(block, around.textOf)) ?? block.hit;
    return { marker, hit, text: block.cut ?? hit.chunk.text };
  };
  const tokensOf = (block: Block): number =>
    estimatePromptTokens(`${render(passageOf(block, WIDEST_MARKER))}${SEPARATOR}`);
  const holds = ({ documentId, ordinal }: Chunk): boolean =>
    blocks.some(({ block }) =>
      block.chunks.some((chunk) => chunk.documentId === documentId && chunk.ordinal === ordinal),
    );

  /** With the blocks before and behind it in its document, as far as they may become one. */
  const merged = (block: Block): { block: Block; tokens: number; replaced: readonly number[] } => {
    let whole = { block, tokens: tokensOf(block), replaced: [] as number[] };
    if (!around) return whole;
    for (const [at, other] of blocks.entries()) {
      const both = joined(other.block, whole.block) ?? joined(whole.block, other.block);
      if (!both || hitOfBlock(both, around.textOf) === null) continue;
      const tokens = tokensOf(both);
      if (tokens > MAX_BLOCK_TOKENS || tokens > whole.tokens + other.tokens) continue;
      whole = { block: both, tokens, replaced: [...whole.replaced, at] };
    }
    return whole;
  };

  const put = (block: Block, room: number): boolean => {
    const { replaced, ...whole } = merged(block);
    const freed = replaced.reduce((sum, at) => sum + (blocks[at]?.tokens ?? 0), 0);
    if (whole.tokens - freed > room) return false;
    used += whole.tokens - freed;
    const [first, ...others] = replaced;
    if (first === undefined) blocks.push(whole);
    else blocks[first] = whole;
    for (const at of others.sort((a, b) => b - a)) blocks.splice(at, 1);
    return true;
  };

  const growBy = (at: number, step: -1 | 1): boolean => {
    const entry = blocks[at];
    if (!entry || !around || entry.block.cut !== undefined) return false;
    const { chunks, hit } = entry.block;
    const end = (step === 1 ? chunks.at(-1) : chunks[0]) as Chunk;
    const next = around.chunkAt(end.documentId, end.ordinal + step);
    if (!next || holds(next) || next.headingPath.join('\0') !== end.headingPath.join('\0')) return false;
    const block = { hit, chunks: step === 1 ? [...chunks, next] : [next, ...chunks] };
    if (hitOfBlock(block, around.textOf) === null) return false;
    const tokens = tokensOf(block);
    if (tokens > MAX_BLOCK_TOKENS || used - entry.tokens + tokens > maxTokens) return false;
    used += tokens - entry.tokens;
    blocks[at] = { block, tokens };
    return true;
  };

  return {
    passageOf,
    blocks: (): readonly Block[] => blocks.map(({ block }) => block),
    /** Whole where it fits; else, once, its first sentences. */
    add(hit: Hit): void {
      if (blocks.length >= WIDEST_MARKER || holds(hit.chunk) || put(blockOf(hit), maxTokens - used)) return;
      if (cut) return;
      const fits = (text: string): boolean => tokensOf(blockOf(hit, text)) <= maxTokens - used;
      const text = longestFitting(hit.chunk.text, fits);
      if (text !== null) cut = put(blockOf(hit, text), maxTokens - used);
    },
    addWithin(hit: Hit, tokens: number): void {
      if (!holds(hit.chunk)) put(blockOf(hit), Math.min(tokens, maxTokens - used));
    },
    /** What stands behind and before each passage in its section, the best passage first, while room lasts. */
    grow(): void {
      for (let round = 0; round < MAX_NEIGHBOURS; round++) {
        for (let at = 0; at < blocks.length; at++) {
          growBy(at, 1);
          growBy(at, -1);
        }
      }
    },
  };
}

/** First, third, fifth ..., fourth, second. */
function atBothEnds(blocks: readonly Block[]): Block[] {
  const ranked = [...blocks].sort((a, b) => a.hit.rank - b.hit.rank);
  return [...ranked.filter((_, at) => at % 2 === 0), ...ranked.filter((_, at) => at % 2 === 1).reverse()];
}

/** The longest run of whole sentences from the start that fits; null when it would be too short. */
function longestFitting(text: string, fits: (text: string) => boolean): string | null {
  const ends = splitSentences(text).map((sentence) => sentence.span.end);
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, ends[middle - 1]))) low = middle;
    else high = middle - 1;
  }
  const end = low === 0 ? 0 : ends[low - 1]!;
  return end >= MIN_CUT_LENGTH ? text.slice(0, end) : null;
}
