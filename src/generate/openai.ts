import { type ModelContext, serverMessage } from '../platform/model-server/model-error.ts';
import type { ModelFault } from '../platform/model-server/model-fault.ts';
import { parseServerAddress, type ServerAddress } from '../platform/model-server/server-address.ts';
import { inspectOpenaiLines } from './line-inspector.ts';
import { streamWithRetries } from './stream-with-retries.ts';
import type { GenerateEvent, GenerateRequest, Generator, GeneratorDriver, GeneratorSettings } from './types.ts';

/**
 * `openai/<model>` at any server that speaks `/v1/chat/completions`: OpenAI, llama.cpp, LM Studio, vLLM, Ollama.
 * A key is sent when there is one; local servers need none.
 */
export const openaiDriver: GeneratorDriver = { provider: 'openai', create: createOpenaiGenerator };

function createOpenaiGenerator(model: string, settings: GeneratorSettings): Generator {
  const name = `openai/${model}`;
  return {
    name,
    async *generate(request, signal) {
      const server = settings.servers.openai;
      const address = parseServerAddress(server?.baseUrl ?? '', { setting: 'OPENAI_BASE_URL' });
      const apiKey = server?.apiKey?.trim() || undefined;
      // What the model turned out not to take (reasoning models refuse `temperature` and `max_tokens`) is left out.
      let accepted = request;
      yield* streamWithRetries({
        attempt: (connection) => chat({ model, request: accepted, address, apiKey, ...connection }),
        newInspector: inspectOpenaiLines,
        context: contextOf({ name, model, address, apiKey }),
        settings,
        signal,
        adapt: (fault) => {
          const reduced = withoutRefused(accepted, fault);
          if (reduced === null) return false;
          accepted = reduced;
          return true;
        },
      });
    },
  };
}

async function* chat(parts: {
  model: string;
  request: GenerateRequest;
  address: ServerAddress;
  apiKey: string | undefined;
  fetch: typeof globalThis.fetch;
  signal: AbortSignal;
}): AsyncGenerator<GenerateEvent> {
  const { request, address } = parts;
  const [{ streamText }, { createOpenAICompatible }] = await Promise.all([
    import('ai'),
    import('@ai-sdk/openai-compatible'),
  ]);
  // The SDK prints warnings with console.info, and stdout is for data.
  (globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false;
  const provider = createOpenAICompatible({
    name: 'openai',
    baseURL: address.url,
    apiKey: parts.apiKey,
    headers: { ...address.headers },
    fetch: parts.fetch,
    includeUsage: true,
  });
  const result = streamText({
    model: provider.chatModel(parts.model),
    system: request.system,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    maxOutputTokens: request.maxOutputTokens,
    temperature: request.temperature,
    maxRetries: 0,
    abortSignal: parts.signal,
    // The default prints the error; it is thrown from the loop below instead.
    onError: () => {},
  });
  for await (const part of result.fullStream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'abort') throw parts.signal.reason;
    if (part.type === 'text-delta' && part.text !== '') yield { type: 'text-delta', text: part.text };
    if (part.type === 'finish') {
      const { finishReason, totalUsage } = part;
      yield {
        type: 'finish',
        reason: finishReason === 'stop' || finishReason === 'length' ? finishReason : 'other',
        usage: { inputTokens: totalUsage.inputTokens ?? 0, outputTokens: totalUsage.outputTokens ?? 0 },
      };
      return;
    }
  }
}

/** The request without the setting that a status 400 names as unsupported; null when it names none of ours. */
function withoutRefused(request: GenerateRequest, { fault }: ModelFault): GenerateRequest | null {
  if (fault.kind !== 'status' || fault.status !== 400) return null;
  const said = serverMessage(fault.body);
  if (!/unsupported|not support|unrecognized|not permitted/i.test(said)) return null;
  if (request.temperature !== undefined && /temperature/.test(said)) return { ...request, temperature: undefined };
  if (request.maxOutputTokens !== undefined && /max_tokens/.test(said)) {
    return { ...request, maxOutputTokens: undefined };
  }
  return null;
}

function contextOf(parts: {
  name: string;
  model: string;
  address: ServerAddress;
  apiKey: string | undefined;
}): ModelContext {
  const { name, model, address, apiKey } = parts;
  const { url, local } = address;
  return {
    name,
    model,
    server: url,
    secrets: apiKey === undefined ? address.secrets : [apiKey, ...address.secrets],
    hints: {
      auth:
        apiKey === undefined
          ? 'Set the environment variable OPENAI_API_KEY.'
          : 'Check the environment variable OPENAI_API_KEY: is the key of this server, still valid, and allowed this model?',
      notFound: `Check the name "${model}" against ${url}/models, and that OPENAI_BASE_URL ends as the server wants it (most often /v1).`,
      unreachable: local
        ? `Is the model server running at ${url}? Set OPENAI_BASE_URL if it is elsewhere.`
        : `Check the network and OPENAI_BASE_URL (${url}).`,
      contextTooLong: 'Ask with fewer or shorter passages (`--limit`), or choose a model with a larger context.',
      malformed: `Check that OPENAI_BASE_URL (${url}) is the base of an OpenAI-compatible server (most often it ends in /v1).`,
    },
  };
}
