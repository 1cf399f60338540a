import {
  countTokens,
  type HostedOptions,
  type ModelServer,
  type Protocol,
  serverSentEvent,
  startModelServer,
  textsIn,
} from './model-server.ts';

const VERSION = '2023-06-01';

/**
 * Speaks Anthropic's Messages: /v1/messages as named server-sent events from `message_start` to `message_stop`, errors as
 * `{"type": "error", "error": {type, message}}`. The base URL is `${origin}/v1`.
 * Source: https://docs.anthropic.com/en/api/messages-streaming and /errors.
 */
export function startAnthropicServer(options: HostedOptions = {}): Promise<ModelServer> {
  const models = options.models ?? ['claude-small'];
  const event = (value: { readonly type: string; readonly [field: string]: unknown }) =>
    serverSentEvent(value, value.type);
  const errorOf = (type: string, message: string) => ({ type: 'error', error: { type, message } });
  const failure = (type: string, message: string) =>
    JSON.stringify({ ...errorOf(type, message), request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy' });
  const protocol: Protocol = {
    chatPath: '/v1/messages',
    contentType: 'text/event-stream; charset=utf-8',
    other: () => false,
    refuse(request, body) {
      if (options.apiKey !== undefined && request.headers['x-api-key'] !== options.apiKey) {
        return { status: 401, body: failure('authentication_error', 'invalid x-api-key') };
      }
      const invalid = (message: string) => ({ status: 400, body: failure('invalid_request_error', message) });
      if (request.headers['anthropic-version'] !== VERSION) return invalid('anthropic-version: header is required');
      if (!models.includes(body.model)) {
        return { status: 404, body: failure('not_found_error', `model: ${body.model}`) };
      }
      if (typeof body.max_tokens !== 'number') return invalid('max_tokens: Field required');
      const system = body.messages.findIndex(({ role }) => role !== 'user' && role !== 'assistant');
      if (system >= 0) return invalid(`messages: Unexpected role "${body.messages[system]?.role}".`);
      const tokens = countTokens(textsIn([body.system, body.messages]));
      if (options.contextTokens !== undefined && tokens > options.contextTokens) {
        return invalid(`prompt is too long: ${tokens} tokens > ${options.contextTokens} maximum`);
      }
      return null;
    },
    begin: (body) =>
      [
        event({
          type: 'message_start',
          message: {
            id: 'msg_1nZdL29xx5MUA1yADyHTEsnR8uuvGzszyY',
            type: 'message',
            role: 'assistant',
            content: [],
            model: body.model,
            stop_reason: null,
            stop_sequence: null,
            usage: {
              input_tokens: countTokens(textsIn([body.system, body.messages])),
              cache_creation_input_tokens: 0,
              cache_read_input_tokens: options.cachedTokens ?? 0,
              output_tokens: 1,
            },
          },
        }),
        event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
        event({ type: 'ping' }),
      ].join(''),
    delta: (_body, text) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    end: (_body, deltas, reason) =>
      [
        { type: 'content_block_stop', index: 0 },
        {
          type: 'message_delta',
          delta: { stop_reason: reason === 'whole' ? 'end_turn' : 'refusal', stop_sequence: null },
          usage: { output_tokens: deltas.length },
        },
        { type: 'message_stop' },
      ]
        .map(event)
        .join(''),
    error: (message) => event(errorOf(/overload/i.test(message) ? 'overloaded_error' : 'api_error', message)),
    busy: failure('overloaded_error', 'Overloaded'),
    malformed: 'event: content_block_delta\ndata: {"type":"content_block_del\n\n',
  };
  return startModelServer(protocol, options.reply ?? ['The answer ', 'is 42 ', '[1].']);
}
