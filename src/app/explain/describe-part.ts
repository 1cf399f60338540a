import type { ScorePart, Signal } from '../../domain/search.ts';
import type { RetrievalTrace } from '../../retrieve/types.ts';
import type { LegPlace, PassageExplanation } from './types.ts';

type Figures = {
  readonly trace: RetrievalTrace;
  readonly words: LegPlace | null;
  readonly vector: LegPlace | null;
  readonly agreement: PassageExplanation['agreement'];
  readonly graph: Signal | undefined;
  readonly rerank: Signal | undefined;
};

/** The arithmetic of one part of a score, with its numbers. */
export function describePart({ from, adds }: ScorePart, figures: Figures): string {
  const { words, vector, agreement, graph, rerank, trace } = figures;
  const { figures: fusion, parameters } = trace;
  const weight = fusion.vectorWeight;
  switch (from) {
    case 'words':
      return words && isSame(adds, words.score / fusion.bestByWords)
        ? `BM25 ${three(words.score)} / best ${three(fusion.bestByWords)}`
        : `BM25, by ${fusion.method}`;
    case 'vector':
      if (fusion.method !== 'sum') return `${weight.toFixed(2)} * cosine, by ${fusion.method}`;
      return vector && !isSame(adds, weight * vector.score)
        ? `${weight.toFixed(2)} * cosine ${three(adds / weight)}, that of a near copy; its own is ${three(vector.score)}`
        : `${weight.toFixed(2)} * cosine ${three(adds / weight)}`;
    case 'agreement': {
      const { coverageWeight, proximityWeight, nameWeight } = parameters;
      const { coverage = 0, ordered = 0, near = 0, names = 0 } = agreement ?? {};
      const defined = names > 0 ? ` + ${nameWeight} * defines ${three(names)}` : '';
      return `${coverageWeight} * coverage ${three(coverage)} + ${proximityWeight} * (in order ${three(ordered)} + near ${three(near)})${defined}`;
    }
    case 'graph': {
      const best = trace.fused[0]?.score ?? 0;
      const share = graph?.raw ?? 0;
      const isHeld = !isSame(adds, parameters.graphWeight * best * share);
      return `${parameters.graphWeight} * best ${three(best)} * share ${three(share)}${isHeld ? ', held below the best' : ''}`;
    }
    case 'rerank':
      return `to the score of rank ${rerank?.rank} (${three(rerank?.raw ?? 0)} by the reranker)`;
  }
}

/** To what the arithmetic of floating point may lose. */
const isSame = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

const three = (value: number): string => value.toFixed(3);
