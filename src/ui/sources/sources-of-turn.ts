import type { ChatTurn } from '../../app/chat/types.ts';
import type { ShownSource } from '../state/types.ts';

/** The sources of an answer that it cites, or all that it was given, with what its checks found. */
export function sourcesOfTurn(turn: ChatTurn, which: 'cited' | 'all'): readonly ShownSource[] {
  const { answer } = turn;
  return turn.sources
    .filter(({ cited }) => cited || which === 'all')
    .map((source) => {
      const hit = answer?.hits[source.marker - 1] as { readonly confidence?: number } | undefined;
      return {
        ...source,
        ...(hit?.confidence !== undefined && { confidence: hit.confidence }),
        unverified: (answer?.citations ?? [])
          .filter(({ marker, verified }) => marker === source.marker && !verified)
          .map(({ quote }) => quote),
      };
    });
}
