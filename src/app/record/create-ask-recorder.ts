import type { Settings } from '../../config/types.ts';
import type { Answer } from '../../domain/answer.ts';
import type { EmbeddingSpace } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import { programVersion } from '../../platform/version.ts';
import { referenceOf } from '../chat/remembered-passages.ts';
import type { AskEvent, AskOptions, SearchResult } from '../types.ts';
import type { AskRecord, RecordedOptions } from './types.ts';

export type AskRecorder = {
  readonly onPrompt: NonNullable<AskOptions['onPrompt']>;
  see(event: AskEvent): void;
  /** Once the last event was seen. Throws MODEL_BROKEN_STREAM before. */
  record(): AskRecord;
};

type Asked = {
  readonly question: string;
  readonly options: AskOptions;
  readonly settings: Settings;
  /** Of the vectors of the database. */
  readonly space: EmbeddingSpace | null;
  readonly now: number;
};

/** Collects what a question and its answer consist of, while it is answered. */
export function createAskRecorder({ question, options, settings, space, now }: Asked): AskRecorder {
  let prompt: AskRecord['prompt'] = null;
  let found: SearchResult | null = null;
  let answer: Answer | null = null;
  return {
    onPrompt: ({ system, user }) => {
      prompt = { system, user };
    },
    see(event) {
      if (event.type === 'search-end') found = event.result;
      else if (event.type === 'answer-end') answer = event.answer;
    },
    record() {
      if (!answer) throw new RagError('MODEL_BROKEN_STREAM', { message: 'The answer broke off.', hint: 'Ask again.' });
      const { hits, question: _, ...given } = answer;
      const paths = new Map(found?.hits.map(({ chunk, path }) => [chunk.id, path]));
      return {
        at: new Date(now).toISOString(),
        version: programVersion(),
        question,
        options: recordedOptions(options, settings),
        embedder: space && `${space.provider}/${space.model}`,
        route: found?.route?.kind ?? 'search',
        notes: found?.notes ?? [],
        ...(found?.grade && { grade: found.grade }),
        passages: hits.map((hit) => ({ ...referenceOf(hit, paths.get(hit.chunk.id)), text: hit.chunk.text })),
        prompt,
        answer: given,
      };
    },
  };
}

/** Named one by one, so that nothing gets into a record that was not meant to: addresses and keys stand in none of them. */
function recordedOptions(options: AskOptions, settings: Settings): RecordedOptions {
  const { system, limit, contextTokens, perDocument, minScore, diversity, window } = options;
  const { expandSections, expandQuery, expansionModel, graph, collapseCopies } = options;
  return {
    model: options.model ?? settings.model ?? 'extractive',
    mode: options.mode ?? settings.search.mode,
    filter: options.filter ?? {},
    system,
    limit,
    contextTokens,
    perDocument,
    minScore,
    diversity,
    window,
    expandSections,
    expandQuery,
    expansionModel,
    graph,
    collapseCopies,
    rerank: options.rerank ?? settings.rerank.model ?? 'none',
  };
}
