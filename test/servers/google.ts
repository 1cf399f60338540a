import {
  countTokens,
  type HostedOptions,
  type ModelServer,
  type Protocol,
  serverSentEvent,
  startModelServer,
  textsIn,
} from './model-server.ts';

/**
 * Speaks Gemini's streamGenerateContent with `alt=sse`: chunks without an end mark, the last with a finish reason, errors
 * as `{"error": {code, message, status, details}}`. The base URL is `${origin}/v1beta`.
 * Source: https://ai.google.dev/api/generate-content.
 */
export function startGoogleServer(options: HostedOptions = {}): Promise<ModelServer> {
  const models = options.models ?? ['gemini-small'];
  const failure = (code: number, status: string, message: string, details: readonly object[] = []) =>
    JSON.stringify({ error: { code, message, status, details } });
  const promptOf = (body: object) => {
    const { systemInstruction, contents } = body as { systemInstruction?: unknown; contents?: unknown };
    return countTokens(textsIn([systemInstruction, contents]));
  };
  // Google ends its lines with CR LF.
  const chunk = (candidate: object, more: object = {}) =>
    serverSentEvent({
      candidates: [{ index: 0, ...candidate }],
      modelVersion: 'gemini-small',
      responseId: 'r1',
      ...more,
    }).replaceAll('\n', '\r\n');
  const content = (text: string) => ({ parts: [{ text }], role: 'model' });
  const protocol: Protocol = {
    chatPath: /^\/v1beta\/models\/[^/:]+:streamGenerateContent\?alt=sse$/,
    contentType: 'text/event-stream',
    other: () => false,
    refuse(request, body) {
      if (options.apiKey !== undefined && request.headers['x-goog-api-key'] !== options.apiKey) {
        const message = 'API key not valid. Please pass a valid API key.';
        const reason = {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'API_KEY_INVALID',
          domain: 'googleapis.com',
        };
        return { status: 400, body: failure(400, 'INVALID_ARGUMENT', message, [reason]) };
      }
      const model = /models\/([^/:]+):/.exec(request.url ?? '')?.[1] ?? '';
      if (!models.includes(model)) {
        const message = `models/${model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`;
        return { status: 404, body: failure(404, 'NOT_FOUND', message) };
      }
      const tokens = promptOf(body);
      if (options.contextTokens !== undefined && tokens > options.contextTokens) {
        const message = `The input token count (${tokens}) exceeds the maximum number of tokens allowed (${options.contextTokens}).`;
        return { status: 400, body: failure(400, 'INVALID_ARGUMENT', message) };
      }
      return null;
    },
    begin: () => '',
    delta: (_body, text) => chunk({ content: content(text) }),
    end: (body, deltas, reason) =>
      chunk(
        { ...(reason === 'whole' && { content: content('') }), finishReason: reason === 'whole' ? 'STOP' : 'SAFETY' },
        {
          usageMetadata: {
            promptTokenCount: promptOf(body),
            ...(options.cachedTokens !== undefined && { cachedContentTokenCount: options.cachedTokens }),
            candidatesTokenCount: deltas.length,
            totalTokenCount: promptOf(body) + deltas.length,
          },
        },
      ),
    error: (message) => `data: ${failure(503, 'UNAVAILABLE', message)}\n\n`,
    busy: failure(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
    malformed: 'data: {"candidates": [{"content": {"par\n\n',
  };
  return startModelServer(protocol, options.reply ?? ['The answer ', 'is 42 ', '[1].']);
}

/** The body of status 429, which asks to wait. */
export const googleQuotaError = (seconds: number): string =>
  JSON.stringify({
    error: {
      code: 429,
      message: 'You exceeded your current quota, please check your plan and billing details.',
      status: 'RESOURCE_EXHAUSTED',
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` }],
    },
  });
