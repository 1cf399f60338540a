import {
  type ChatBody,
  countTokens,
  type HostedOptions,
  type ModelServer,
  type Protocol,
  serverSentEvent,
  startModelServer,
  textsIn,
} from './model-server.ts';

/**
 * Speaks Mistral's chat completions: as OpenAI's, but usage comes in the last chunk unasked, and errors are
 * `{"object": "error", message, type, code}` or, from the gateway, `{"detail": ...}`. The base URL is `${origin}/v1`.
 * Source: https://docs.mistral.ai/api.
 */
export function startMistralServer(options: HostedOptions = {}): Promise<ModelServer> {
  const models = options.models ?? ['mistral-small'];
  const failure = (message: string, type: string, code: string) =>
    JSON.stringify({ object: 'error', message, type, param: null, code });
  const chunk = (body: ChatBody, delta: object, finishReason: string | null, more: object = {}) =>
    serverSentEvent({
      id: '8f1c2d3e4b5a4f60a1b2c3d4e5f60718',
      object: 'chat.completion.chunk',
      created: 1_767_607_200,
      model: body.model,
      choices: [{ index: 0, delta, finish_reason: finishReason }],
      ...more,
    });
  const protocol: Protocol = {
    chatPath: '/v1/chat/completions',
    contentType: 'text/event-stream; charset=utf-8',
    other: () => false,
    refuse(request, body) {
      if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`) {
        return { status: 401, body: JSON.stringify({ detail: 'Unauthorized' }) };
      }
      if (!models.includes(body.model)) {
        return { status: 400, body: failure(`Invalid model: ${body.model}`, 'invalid_model', '1500') };
      }
      const tokens = countTokens(textsIn(body.messages));
      if (options.contextTokens !== undefined && tokens > options.contextTokens) {
        const message = `Prompt contains ${tokens} tokens and 0 draft tokens, too large for model with ${options.contextTokens} maximum context length`;
        return { status: 400, body: failure(message, 'invalid_request_invalid_args', '3051') };
      }
      return null;
    },
    begin: (body) => chunk(body, { role: 'assistant', content: '' }, null),
    delta: (body, text) => chunk(body, { content: text }, null),
    end(body, deltas, reason) {
      const promptTokens = countTokens(textsIn(body.messages));
      const usage = {
        prompt_tokens: promptTokens,
        completion_tokens: deltas.length,
        total_tokens: promptTokens + deltas.length,
        ...(options.cachedTokens !== undefined && { prompt_tokens_details: { cached_tokens: options.cachedTokens } }),
      };
      return `${chunk(body, { content: '' }, reason === 'whole' ? 'stop' : 'error', { usage })}data: [DONE]\n\n`;
    },
    error: (message) => `data: ${failure(message, 'internal_server_error', '3000')}\n\n`,
    busy: failure('Service unavailable.', 'internal_server_error', '3000'),
    malformed: 'data: {"id":"8f1c","choices":[{"del\n\n',
  };
  return startModelServer(protocol, options.reply ?? ['The answer ', 'is 42 ', '[1].']);
}
