import type { ModelContext } from '../platform/model-server/model-error.ts';
import { parseServerAddress, type ServerAddress } from '../platform/model-server/server-address.ts';
import { inspectOllamaLines } from './line-inspector.ts';
import { streamWithRetries } from './stream-with-retries.ts';
import type { GenerateEvent, GenerateRequest, Generator, GeneratorDriver, GeneratorSettings } from './types.ts';

/** Models on an Ollama server: `ollama/<name>[:<tag>]`. */
export const ollamaDriver: GeneratorDriver = { provider: 'ollama', create: createOllamaGenerator };

function createOllamaGenerator(model: string, settings: GeneratorSettings): Generator {
  const name = `ollama/${model}`;
  return {
    name,
    async *generate(request, signal) {
      const address = parseServerAddress(settings.servers.ollama?.baseUrl ?? '', {
        setting: 'OLLAMA_HOST',
        defaultPort: 11434,
      });
      yield* streamWithRetries({
        attempt: (connection) => chat({ model, request, address, fetch: connection.fetch }),
        newInspector: inspectOllamaLines,
        context: contextOf(name, model, address),
        settings,
        signal,
      });
    },
  };
}

async function* chat(parts: {
  model: string;
  request: GenerateRequest;
  address: ServerAddress;
  fetch: typeof globalThis.fetch;
}): AsyncGenerator<GenerateEvent> {
  const { model, request, address } = parts;
  const { Ollama } = await import('ollama');
  const client = new Ollama({ host: address.url, fetch: parts.fetch, headers: { ...address.headers } });
  const messages = request.system === undefined ? [] : [{ role: 'system', content: request.system }];
  const body = {
    model,
    messages: [...messages, ...request.messages.map(({ role, content }) => ({ role, content }))],
    stream: true as const,
    // Without this Ollama cuts a prompt that is too long from the front, silently, and answers from what is left.
    // Servers that do not know the field ignore it.
    truncate: false,
    options: optionsOf(request),
  };
  for await (const part of await client.chat(body)) {
    if (part.message?.content) yield { type: 'text-delta', text: part.message.content };
    if (part.done) {
      const { done_reason: reason } = part;
      const isUsual = reason === 'stop' || reason === 'length';
      yield {
        type: 'finish',
        reason: isUsual ? reason : 'other',
        // A server that says nothing of the reason has nothing to say.
        ...(!isUsual && reason && { note: `Ollama ended the answer for another reason than its end (${reason}).` }),
        usage: { inputTokens: part.prompt_eval_count ?? 0, outputTokens: part.eval_count ?? 0 },
      };
      return;
    }
  }
}

/** The smallest window that Ollama loads a model with when it is told nothing. */
const DEFAULT_CONTEXT_TOKENS = 4096;
/** Room for an answer whose length the request does not bound. */
const ANSWER_TOKENS = 1024;

function optionsOf(request: GenerateRequest): Record<string, number> {
  const options: Record<string, number> = {};
  if (request.temperature !== undefined) options.temperature = request.temperature;
  if (request.maxOutputTokens !== undefined) options.num_predict = request.maxOutputTokens;
  const contextTokens = contextTokensFor(request);
  // Only when it must be: a window other than the loaded one makes Ollama load the model again.
  if (contextTokens > DEFAULT_CONTEXT_TOKENS) options.num_ctx = contextTokens;
  return options;
}

/** A window that surely holds prompt and answer, as a power of two so that similar prompts share one. */
export function contextTokensFor(request: GenerateRequest): number {
  const texts = [request.system ?? '', ...request.messages.map((message) => message.content)];
  // Three bytes a token errs on the long side for Latin script and is about one character a token for Han.
  const promptTokens = texts.reduce((sum, text) => sum + Buffer.byteLength(text) / 3 + 8, 0);
  const needed = promptTokens + (request.maxOutputTokens ?? ANSWER_TOKENS);
  return 2 ** Math.ceil(Math.log2(Math.max(needed, 1)));
}

function contextOf(name: string, model: string, address: ServerAddress): ModelContext {
  const { url } = address;
  return {
    name,
    model,
    server: url,
    secrets: address.secrets,
    hints: {
      auth: 'Sign in with `ollama signin`; for https://ollama.com set the environment variable OLLAMA_API_KEY.',
      notFound: `Run \`ollama pull ${model}\`, or list what is there with \`ollama list\`.`,
      unreachable: `Is \`ollama serve\` running at ${url}? Set OLLAMA_HOST if it is elsewhere.`,
      contextTooLong: 'Ask with fewer or shorter passages (`--limit`), or choose a model with a larger context.',
      malformed: `Check that OLLAMA_HOST (${url}) is an Ollama server and is up to date.`,
    },
  };
}
