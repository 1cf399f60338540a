import type { Settings } from '../../config/types.ts';
import type { ChatSession } from '../chat/types.ts';
import type { KnowledgeBase } from '../types.ts';

type Treat = (text: string) => Promise<string>;

/**
 * The knowledge base, whose questions are treated as `privacy.pii` has documents treated. So they find what they ask for
 * under its pseudonym, and nothing that is kept of them (the log, results, replies, conversations, labels) holds more than
 * the documents do. As it was where the setting takes nothing out.
 */
export function treatQuestions(base: KnowledgeBase, settings: Settings): KnowledgeBase {
  const { pii } = settings.privacy;
  if (pii === 'off' || pii === 'report') return base;
  const treat: Treat = async (text) => {
    const { treatText } = await import('../../privacy/treat-text.ts');
    const { treatmentPlan } = await import('./treatment-plan.ts');
    // What is refused of documents may still be asked; it is only not kept.
    const plan = treatmentPlan(settings, pii === 'refuse' ? 'redact' : pii);
    return plan ? treatText(text, plan) : text;
  };
  return {
    ...base,
    search: async (query, options) => base.search(await treat(query), options),
    explain: async (query, reference, options) => base.explain(await treat(query), reference, options),
    async *ask(question, options) {
      yield* base.ask(await treat(question), options);
    },
    context: async (question, options) => base.context(await treat(question), options),
    chat: async (options) => treatSession(await base.chat(options), treat),
  };
}

const treatSession = (session: ChatSession, treat: Treat): ChatSession => ({
  ...session,
  async *ask(question, options) {
    yield* session.ask(await treat(question), options);
  },
  async *edit(turn, question, options) {
    yield* session.edit(turn, await treat(question), options);
  },
});
