import type { ChatEvent, ChatSession, ChatSettings, ChatSource, ChatTurn } from '../../src/app/chat/types.ts';
import type { Answer } from '../../src/domain/answer.ts';
import type { ChunkId } from '../../src/domain/ids.ts';
import { RagError } from '../../src/platform/errors.ts';

/** What comes of one question: text in pieces, and where it was found. */
export type Script = {
  readonly rewritten?: string;
  readonly pieces: readonly string[];
  readonly sources?: readonly Partial<ChatSource>[];
  readonly support?: Answer['support'];
  readonly fails?: { readonly message: string; readonly hint: string };
  /** Waited for before the last piece. */
  readonly before?: Promise<void>;
};

const NO_SOURCE: ChatSource = {
  marker: 1,
  chunkId: 'c.0' as ChunkId,
  collection: 'default',
  uri: 'file:///work/notes.md',
  path: 'notes.md',
  title: 'Notes',
  type: 'md',
  headingPath: [],
  page: null,
  lines: { start: 3, end: 5 },
  score: 1,
  cited: true,
  state: 'there',
};

/** A conversation that says what it was given to say, one script for each question. */
export function createScriptedSession(
  scripts: Script[],
  model: string | null = 'ollama/llama3.2',
): ChatSession & { readonly asked: string[] } {
  let turns: ChatTurn[] = [];
  let chosen = model;
  let name = '';
  const asked: string[] = [];
  let settings: ChatSettings = { filter: {}, files: [], limit: 8, mode: 'hybrid', memoryTokens: 1000 };

  async function* ask(question: string, { signal }: { readonly signal?: AbortSignal } = {}): AsyncIterable<ChatEvent> {
    asked.push(question);
    const {
      pieces,
      rewritten,
      sources = [],
      support = 'supported',
      fails,
      before,
    } = scripts.shift() ?? { pieces: ['Nothing.'] };
    const turn: ChatTurn = {
      id: turns.length + 1,
      question,
      searchedFor: rewritten ?? question,
      text: '',
      answer: null,
      sources: [],
      state: 'running',
      at: '2026-03-01T00:00:00.000Z',
    };
    if (name === '') name = question;
    yield { type: 'turn-start', turn };
    if (rewritten) yield { type: 'rewritten', question: rewritten, by: 'rules' };
    let text = '';
    for (const [index, piece] of pieces.entries()) {
      if (index === pieces.length - 1 && before) await Promise.race([before, aborted(signal)]);
      if (signal?.aborted) break;
      text += piece;
      yield { type: 'text-delta', text: piece };
    }
    const state = fails ? 'failed' : signal?.aborted ? 'stopped' : 'done';
    const answer: Answer = {
      question,
      text,
      model: chosen ?? 'extractive',
      citations: [],
      hits: [],
      usage: { inputTokens: 0, outputTokens: 0 },
      support,
      warnings: [],
    };
    const done: ChatTurn = {
      ...turn,
      text,
      state,
      answer: state === 'done' ? answer : null,
      sources: sources.map((source, index) => ({ ...NO_SOURCE, marker: index + 1, ...source })),
      ...(fails && { error: { code: 'MODEL_UNREACHABLE', ...fails } }),
    };
    turns = [...turns, done];
    yield { type: 'turn-end', turn: done };
  }

  return {
    asked,
    id: () => 7,
    name: () => name,
    unsavedReason: () => null,
    turns: () => turns,
    settings: () => settings,
    model: () => chosen,
    change(changed) {
      if (changed.model?.startsWith('nobody/'))
        throw new RagError('MODEL_UNKNOWN', { message: 'There is no provider "nobody".', hint: 'Choose another.' });
      settings = { ...settings, ...changed };
      if (changed.model !== undefined) chosen = changed.model === 'extractive' ? null : changed.model;
    },
    ask,
    retry: (options) => ask(turns.at(-1)!.question, options),
    edit: (_, question, options) => ask(question, options),
    compact: async () => (turns.length > 1 ? { turns: turns.length, tokens: 40 } : null),
    clear() {
      turns = [];
    },
    rename(given) {
      name = given;
    },
    save(given) {
      if (given) name = given;
    },
    export: (format) => (format === 'md' ? `# ${name}` : '{}'),
  };
}

const aborted = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
