import { type AnswerEvent, answerPrompt } from '../../answer/answer-question.ts';
import type { Prompt } from '../../answer/build-prompt.ts';
import { fencePassage } from '../../answer/fence-passage.ts';
import type { PackedPassage } from '../../answer/pack-context.ts';
import { estimatePromptTokens } from '../../answer/prompt-tokens.ts';
import { mergePrompt, summaryPrompt } from '../../answer/summary-prompt.ts';
import type { Usage } from '../../domain/answer.ts';
import type { Generator } from '../../generate/types.ts';
import { isRagError, throwIfAborted } from '../../platform/errors.ts';
import type { Store } from '../../store/types.ts';
import { withCitationPlaces } from '../places.ts';
import type { SearchHit } from '../types.ts';

/** Notes on one part that the merged summary is made of. */
const MIN_NOTE_TOKENS = 120;
const MAX_NOTE_TOKENS = 500;
const TEMPERATURE = 0.1;

export type WriteOptions = {
  readonly hits: readonly SearchHit[];
  readonly subject: string;
  readonly points: number;
  readonly generator: Generator;
  /** Most tokens of passages, or of notes, in one prompt. */
  readonly contextTokens: number;
  readonly store: Pick<Store, 'documentText' | 'pageAt'>;
  readonly signal?: AbortSignal;
};

export type WriteEvent = AnswerEvent | { readonly type: 'call-end'; readonly done: number; readonly total: number };

/**
 * A summary by a model: of all passages in one prompt where they fit, else notes on each part in turn and one summary of
 * the notes. A part that fails is left out with a warning; where all fail, the error of the last is thrown.
 */
export async function* writeSummary(options: WriteOptions): AsyncGenerator<WriteEvent> {
  const { hits, subject, points, generator, store, signal } = options;
  const parts = partsOf(hits, options.contextTokens);
  const answer = (prompt: Prompt): AsyncGenerator<AnswerEvent> =>
    withCitationPlaces(
      store,
      hits,
      answerPrompt({
        question: subject,
        prompt,
        hits,
        generator,
        documentText: (id) => store.documentText(id),
        signal,
      }),
    );
  const [only] = parts;
  if (only && parts.length === 1) {
    yield* answer(summaryPrompt({ passages: only, subject, points }));
    return;
  }
  const noteTokens = Math.min(
    MAX_NOTE_TOKENS,
    Math.max(MIN_NOTE_TOKENS, Math.floor(options.contextTokens / parts.length)),
  );
  const notes: string[] = [];
  const warnings: string[] = [];
  let usage: Usage = { inputTokens: 0, outputTokens: 0 };
  for (const [at, passages] of parts.entries()) {
    throwIfAborted(signal);
    try {
      const written = await write(generator, summaryPrompt({ passages, subject, points }), noteTokens, signal);
      if (written.text.trim() !== '') notes.push(written.text.trim());
      usage = added(usage, written.usage);
    } catch (error) {
      const isLast = at === parts.length - 1 && notes.length === 0;
      if (isLast || !isRagError(error) || !error.code.startsWith('MODEL_')) throw error;
      warnings.push(`Part ${at + 1} of ${parts.length} is left out: ${error.message}`);
    }
    yield { type: 'call-end', done: at + 1, total: parts.length + 1 };
  }
  const fitting = notesWithin(notes, options.contextTokens);
  for await (const event of answer(mergePrompt({ notes: fitting, subject, points }))) {
    if (event.type !== 'answer-end') yield event;
    else {
      const { answer: merged } = event;
      const all = { ...merged, usage: added(usage, merged.usage), warnings: [...warnings, ...merged.warnings] };
      yield { type: 'answer-end', answer: all };
    }
  }
}

/** Runs of passages that fit into a prompt, numbered through; a passage that is too long stands alone. */
export function partsOf(hits: readonly SearchHit[], maxTokens: number): PackedPassage[][] {
  const parts: PackedPassage[][] = [];
  let room = 0;
  for (const [at, hit] of hits.entries()) {
    const passage = { marker: at + 1, hit, text: hit.chunk.text };
    const tokens = estimatePromptTokens(fencePassage(passage)) + 1;
    const last = parts.at(-1);
    if (last && tokens <= room) last.push(passage);
    else {
      parts.push([passage]);
      room = maxTokens;
    }
    room -= tokens;
  }
  return parts;
}

async function write(generator: Generator, prompt: Prompt, maxOutputTokens: number, signal?: AbortSignal) {
  let text = '';
  let usage: Usage = { inputTokens: 0, outputTokens: 0 };
  const request = {
    system: prompt.system,
    messages: [{ role: 'user' as const, content: prompt.user }],
    maxOutputTokens,
    temperature: TEMPERATURE,
  };
  for await (const event of generator.generate(request, signal)) {
    throwIfAborted(signal);
    if (event.type === 'text-delta') text += event.text;
    if (event.type === 'finish') usage = event.usage;
  }
  return { text, usage };
}

/** Whole lines of each, as many as fit for all alike. */
function notesWithin(notes: readonly string[], maxTokens: number): string[] {
  const each = Math.floor(maxTokens / Math.max(1, notes.length));
  return notes.map((note) => {
    const lines = note.split('\n');
    while (lines.length > 1 && estimatePromptTokens(lines.join('\n')) > each) lines.pop();
    return lines.join('\n');
  });
}

const added = (a: Usage, b: Usage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
});
