import { answerQuestion } from '../answer/answer-question.ts';
import type { Settings } from '../config/types.ts';
import { createGenerator } from '../generate/registry.ts';
import type { Generator } from '../generate/types.ts';
import { RagError } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { AppContext } from './app-context.ts';
import { answerFromCatalogue } from './catalogue.ts';
import { search } from './search.ts';
import type { AskEvent, AskOptions } from './types.ts';

/** Passages that an answer may draw on. */
const PASSAGES = 8;

/** Prompt tokens for passages: fits the 4,096 that small local models are served with, question and answer included. */
const CONTEXT_TOKENS = 2500;

/**
 * Searches, then answers from what was found: by the model, or without one by quoting. How many documents there are, and
 * which, is looked up.
 */
export async function* ask(context: AppContext, question: string, options: AskOptions = {}): AsyncIterable<AskEvent> {
  const { store, settings, runtime } = context;
  const generator = generatorFor(options.model ?? settings.model, settings, runtime);
  const counted = await answerFromCatalogue(context, question, options.filter ?? {});
  if (counted) {
    yield* counted;
    return;
  }
  const result = await search(context, question, { ...options, limit: options.limit ?? PASSAGES });
  yield { type: 'search-end', result };
  yield* answerQuestion({
    question,
    hits: result.hits,
    generator,
    system: options.system,
    contextTokens: CONTEXT_TOKENS,
    documentText: (id) => store.documentText(id),
    signal: options.signal,
  });
}

/** Null when there is no model to ask. Throws MODEL_UNKNOWN, or OFFLINE for a remote one while offline. */
function generatorFor(name: string | undefined, settings: Settings, runtime: Runtime): Generator | null {
  if (name === undefined || name === 'none' || name === 'extractive') return null;
  const { ollama, openai, generate } = settings;
  const generator = createGenerator(name, {
    fetch: runtime.fetch,
    ollamaHost: ollama.host,
    openaiBaseUrl: openai.baseUrl,
    openaiApiKey: openai.apiKey,
    ...generate,
  });
  const address = name.startsWith('ollama/') ? ollama.host : openai.baseUrl;
  if (settings.offline && !isLoopback(address)) {
    throw new RagError('OFFLINE', {
      message: `${name} is at ${new URL(address).host}, which is not asked while offline.`,
      hint: 'Leave out --offline, or choose a model on this machine.',
    });
  }
  return generator;
}

const isLoopback = (address: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname);
