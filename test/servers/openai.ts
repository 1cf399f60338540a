import {
  type ChatBody,
  countTokens,
  type ModelServer,
  type Protocol,
  type Reply,
  startModelServer,
} from './model-server.ts';

export type OpenaiServerOptions = {
  readonly reply?: Reply;
  readonly models?: readonly string[];
  /** When given, requests need it as a bearer token. */
  readonly apiKey?: string;
  readonly contextTokens?: number;
  /** Refuses `temperature`, and `max_tokens` for `max_completion_tokens`, as reasoning models do. */
  readonly refusesSampling?: boolean;
  /** Of the prompt, what the provider has in its cache. */
  readonly cachedTokens?: number;
  /** How usage tells that, where it is not as with OpenAI. */
  readonly cacheFields?: (tokens: number) => object;
  /** What the model thinks before its answer, in the field `reasoning_content`. */
  readonly thoughts?: readonly string[];
  /** What stands before `/chat/completions`. */
  readonly base?: string;
  /** How a server of this kind refuses a key or a model, where it does not do it as OpenAI. */
  readonly refusals?: {
    readonly key: (given: string | undefined) => { status: number; body: string };
    readonly model: (name: string) => { status: number; body: string };
  };
};

const detailedCache = (tokens: number) => ({ prompt_tokens_details: { cached_tokens: tokens } });

/**
 * Speaks OpenAI's chat completions: /v1/chat/completions as server-sent events (`data: {...}` deltas, a usage chunk,
 * `data: [DONE]`), /v1/models, errors as `{"error": {message, type, code}}`. The base URL is `${origin}/v1`.
 */
export function startOpenaiServer(options: OpenaiServerOptions = {}): Promise<ModelServer> {
  const models = options.models ?? ['small-model'];
  const base = options.base ?? '/v1';
  const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
  const failure = (error: { message: string; type: string; param?: string | null; code: string | null }) =>
    JSON.stringify({ error: { param: null, ...error } });
  const chunk = (body: ChatBody, fields: object) =>
    event({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_767_607_200, model: body.model, ...fields });
  const choice = (delta: object, finishReason: string | null) => ({
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
  });
  const protocol: Protocol = {
    chatPath: `${base}/chat/completions`,
    contentType: 'text/event-stream; charset=utf-8',
    other(request, response) {
      if (request.url !== `${base}/models`) return false;
      const data = models.map((id) => ({ id, object: 'model', created: 1_767_607_200, owned_by: 'test' }));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data }));
      return true;
    },
    refuse(request, body) {
      const given = request.headers.authorization?.replace(/^Bearer /, '');
      if (options.apiKey !== undefined && given !== options.apiKey) {
        if (options.refusals) return options.refusals.key(given);
        const message = given
          ? `Incorrect API key provided: ${given}. You can find your API key in your account.`
          : "You didn't provide an API key.";
        return { status: 401, body: failure({ message, type: 'invalid_request_error', code: 'invalid_api_key' }) };
      }
      if (!models.includes(body.model)) {
        if (options.refusals) return options.refusals.model(body.model);
        const message = `The model \`${body.model}\` does not exist or you do not have access to it.`;
        return { status: 404, body: failure({ message, type: 'invalid_request_error', code: 'model_not_found' }) };
      }
      const refused = options.refusesSampling ? ['temperature', 'max_tokens'].find((name) => name in body) : undefined;
      if (refused) {
        const instead = refused === 'max_tokens' ? " Use 'max_completion_tokens' instead." : '';
        const message = `Unsupported parameter: '${refused}' is not supported with this model.${instead}`;
        const code = 'unsupported_parameter';
        return { status: 400, body: failure({ message, type: 'invalid_request_error', param: refused, code }) };
      }
      const tokens = countTokens(body.messages.map((message) => message.content));
      if (options.contextTokens !== undefined && tokens > options.contextTokens) {
        const message = `This model's maximum context length is ${options.contextTokens} tokens. However, your messages resulted in ${tokens} tokens.`;
        return {
          status: 400,
          body: failure({ message, type: 'invalid_request_error', code: 'context_length_exceeded' }),
        };
      }
      return null;
    },
    begin: (body) =>
      [
        choice({ role: 'assistant', content: '' }, null),
        ...(options.thoughts ?? []).map((thought) => choice({ content: null, reasoning_content: thought }, null)),
      ]
        .map((each) => chunk(body, each))
        .join(''),
    delta: (body, text) => chunk(body, choice({ content: text }, null)),
    end(body, deltas, reason) {
      const promptTokens = countTokens(body.messages.map((message) => message.content));
      const usage = {
        prompt_tokens: promptTokens,
        completion_tokens: deltas.length,
        total_tokens: promptTokens + deltas.length,
        ...(options.cachedTokens !== undefined && (options.cacheFields ?? detailedCache)(options.cachedTokens)),
      };
      const wanted = (body.stream_options as { include_usage?: boolean } | undefined)?.include_usage === true;
      const ending = choice({}, reason === 'whole' ? 'stop' : 'content_filter');
      return `${chunk(body, ending)}${wanted ? chunk(body, { choices: [], usage }) : ''}data: [DONE]\n\n`;
    },
    error: (message) => `data: ${failure({ message, type: 'server_error', code: null })}\n\n`,
    busy: failure({
      message: 'The server had an error while processing your request.',
      type: 'server_error',
      code: null,
    }),
    malformed: 'data: {"id":"chatcmpl-1","choices":[{"del\n\n',
  };
  return startModelServer(protocol, options.reply ?? ['The answer ', 'is 42 ', '[1].']);
}
