import type { ChatSession } from '../chat/types.ts';
import type { KnowledgeBase } from '../types.ts';
import type { KeptText } from './kept-text.ts';

/**
 * The knowledge base, whose questions are treated as its documents are. So they find what they ask for under its
 * pseudonym, and nothing that is kept of them (the log, results, replies, conversations, labels) holds more than the
 * documents do.
 */
export function treatQuestions(base: KnowledgeBase, kept: KeptText): KnowledgeBase {
  const treat = async (text: string): Promise<string> => {
    await kept.ready();
    return kept.question(text);
  };
  return {
    ...base,
    search: async (query, options) => base.search(await treat(query), options),
    explain: async (query, reference, options) => base.explain(await treat(query), reference, options),
    async *ask(question, options) {
      yield* base.ask(await treat(question), options);
    },
    async *summarize(target, options) {
      await kept.ready();
      yield* base.summarize(target, options);
    },
    context: async (question, options) => base.context(await treat(question), options),
    async chat(options) {
      await kept.ready();
      return treatSession(await base.chat(options), treat);
    },
    async usage() {
      await kept.ready();
      return base.usage();
    },
  };
}

const treatSession = (session: ChatSession, treat: (text: string) => Promise<string>): ChatSession => ({
  ...session,
  async *ask(question, options) {
    yield* session.ask(await treat(question), options);
  },
  async *edit(turn, question, options) {
    yield* session.edit(turn, await treat(question), options);
  },
});
