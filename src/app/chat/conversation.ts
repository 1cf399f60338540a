import type { Generator } from '../../generate/types.ts';
import { needsConversation } from './needs-conversation.ts';
import { type Exchange, packConversation } from './pack-conversation.ts';
import { rewriteByRules } from './rewrite-by-rules.ts';
import { rewriteWithModel } from './rewrite-with-model.ts';
import type { LiveTurn } from './session-writer.ts';
import { summarizeTurns } from './summarize-turns.ts';
import type { ChatSettings } from './types.ts';

/** What of a conversation stands in the file: `summarizedTo` is the row of a turn. */
type StoredMemory = { readonly summary: string; readonly summarizedTo: number };

type Options = {
  readonly turns: () => readonly LiveTurn[];
  readonly memory: StoredMemory | null;
  save(memory: StoredMemory): void;
};

type With = {
  /** Null: by rules alone. */
  readonly generator: Generator | null;
  readonly settings: ChatSettings;
  readonly signal?: AbortSignal;
};

export type Recalled = {
  /** For the prompt; empty without a model. */
  readonly text: string;
  /** Set when more turns than before stand in it in short. */
  readonly compacted: { readonly turns: number; readonly tokens: number } | null;
};

export type Conversation = {
  rewrite(
    question: string,
    options: With,
  ): Promise<{ readonly searchedFor: string; readonly by: 'model' | 'rules' | null }>;
  recall(options: With): Promise<Recalled>;
  compact(options: With): Promise<{ readonly turns: number; readonly tokens: number } | null>;
  /** Turns behind this one are gone. */
  forgetFrom(last: number): void;
};

/** A model is asked for a summary once so many turns are in none: not with every question. */
const SUMMARIZE_FROM = 4;
/** Of what a follow-up is rewritten from. Tokens. */
const REWRITE_TOKENS = 700;

/** What was said so far, as far as the next question needs it. */
export function createConversation({ turns, memory, save }: Options): Conversation {
  let summary = memory?.summary ?? '';
  /** By the turn's own number. */
  let summarizedTo = Math.max(
    0,
    ...turns()
      .filter(({ row }) => row !== null && row <= (memory?.summarizedTo ?? 0))
      .map(({ turn }) => turn.id),
  );
  let told = 0;

  /** Turns that were answered, without the one that is being asked. */
  const exchanges = (): Exchange[] =>
    turns()
      .map(({ turn }) => turn)
      .filter(({ state, text }) => state === 'done' || (state === 'stopped' && text !== ''))
      .map(({ id, searchedFor, text }) => ({ id, question: searchedFor, answer: text }));

  const pack = (maxTokens: number) => packConversation({ exchanges: exchanges(), summary, summarizedTo, maxTokens });

  const summarize = async (upTo: readonly Exchange[], { generator, signal }: With): Promise<void> => {
    const last = upTo.at(-1);
    if (!last) return;
    summary = await summarizeTurns(
      upTo.filter(({ id }) => id > summarizedTo),
      { summary, generator, signal },
    );
    summarizedTo = last.id;
    const row = turns().find(({ turn }) => turn.id === last.id)?.row;
    if (row) save({ summary, summarizedTo: row });
  };

  return {
    async rewrite(question, { generator, signal }) {
      const former = exchanges().at(-1);
      if (!former || !needsConversation(question)) return { searchedFor: question, by: null };
      const { text } = pack(REWRITE_TOKENS);
      const written = generator && (await rewriteWithModel(generator, question, { conversation: text, signal }));
      if (written) return { searchedFor: written, by: written === question ? null : 'model' };
      const ruled = rewriteByRules(question, former.question);
      return ruled === null ? { searchedFor: question, by: null } : { searchedFor: ruled, by: 'rules' };
    },
    async recall(options) {
      const { generator, settings } = options;
      if (!generator || settings.memoryTokens === 0) return { text: '', compacted: null };
      const all = exchanges();
      let packed = pack(settings.memoryTokens);
      const older = all.slice(0, all.length - packed.verbatim);
      if (older.filter(({ id }) => id > summarizedTo).length >= SUMMARIZE_FROM) {
        await summarize(older, options);
        packed = pack(settings.memoryTokens);
      }
      const inShort = all.length - packed.verbatim;
      const isMore = inShort > told;
      told = inShort;
      return { text: packed.text, compacted: isMore ? { turns: inShort, tokens: packed.tokens } : null };
    },
    async compact(options) {
      const all = exchanges();
      if (all.length === 0) return null;
      await summarize(all, options);
      told = all.length;
      return { turns: all.length, tokens: pack(options.settings.memoryTokens).tokens };
    },
    forgetFrom(last) {
      if (last >= summarizedTo) return;
      // A summary cannot forget a part of what it tells.
      summary = '';
      summarizedTo = 0;
      told = 0;
      save({ summary, summarizedTo });
    },
  };
}
