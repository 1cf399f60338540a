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
 * Speaks version 2 of Cohere's chat: /v2/chat as named server-sent events from `message-start` to `message-end`, errors
 * as `{"id", "message"}`. The base URL is the origin.
 * Source: https://docs.cohere.com/reference/chat-stream and /errors.
 */
export function startCohereServer(options: HostedOptions = {}): Promise<ModelServer> {
  const models = options.models ?? ['command-small'];
  const event = (value: { readonly type: string; readonly [field: string]: unknown }) =>
    serverSentEvent(value, value.type);
  const failure = (message: string) => JSON.stringify({ id: '73aad1ae-6b1c-4f0e-a2a2-1f2d3c4b5a69', message });
  const usageOf = (input: number, output: number) => ({
    billed_units: { input_tokens: input, output_tokens: output },
    tokens: { input_tokens: input, output_tokens: output },
    ...(options.cachedTokens !== undefined && { cached_tokens: options.cachedTokens }),
  });
  const endEvent = (delta: object) => `${event({ type: 'message-end', delta })}data: [DONE]\n\n`;
  const protocol: Protocol = {
    chatPath: '/v2/chat',
    contentType: 'text/event-stream',
    other: () => false,
    refuse(request, body) {
      if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`) {
        return { status: 401, body: failure('invalid api token') };
      }
      if (!models.includes(body.model)) {
        const message = `model '${body.model}' not found, make sure the correct model ID was used and that you have access to the model.`;
        return { status: 404, body: failure(message) };
      }
      const tokens = countTokens(textsIn(body.messages));
      if (options.contextTokens !== undefined && tokens > options.contextTokens) {
        const message = `too many tokens: total number of tokens in the prompt cannot exceed ${options.contextTokens} - received ${tokens}. Try using a shorter prompt, or enable prompt truncating.`;
        return { status: 400, body: failure(message) };
      }
      return null;
    },
    begin: () =>
      [
        {
          type: 'message-start',
          id: '29f14a5a-11de-4cae-9800-25e4747408ea',
          delta: { message: { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] } },
        },
        { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
      ]
        .map(event)
        .join(''),
    delta: (_body, text) => event({ type: 'content-delta', index: 0, delta: { message: { content: { text } } } }),
    end: (body, deltas, reason) =>
      `${event({ type: 'content-end', index: 0 })}${endEvent({
        finish_reason: reason === 'whole' ? 'COMPLETE' : 'ERROR_TOXIC',
        usage: usageOf(countTokens(textsIn(body.messages)), deltas.length),
      })}`,
    error: (message) => endEvent({ finish_reason: 'ERROR', error: message, usage: usageOf(0, 0) }),
    busy: failure('internal server error, this has been reported to our developers'),
    malformed: 'event: content-delta\ndata: {"type":"content-del\n\n',
  };
  return startModelServer(protocol, options.reply ?? ['The answer ', 'is 42 ', '[1].']);
}
