import {
  type ChatBody,
  countTokens,
  type ModelServer,
  type Protocol,
  type Reply,
  startModelServer,
} from './model-server.ts';

export type OllamaServerOptions = {
  readonly reply?: Reply;
  readonly models?: readonly string[];
  /** Longest prompt in tokens; longer ones are refused when `truncate` is false, as by the real server. */
  readonly contextTokens?: number;
};

const CREATED_AT = '2026-01-05T10:00:00.000000Z';

/** Speaks Ollama's API: /api/chat as newline-delimited JSON, /api/tags, /api/version, errors as `{"error": "..."}`. */
export function startOllamaServer(options: OllamaServerOptions = {}): Promise<ModelServer> {
  const models = options.models ?? ['llama3.2:latest'];
  const line = (value: unknown) => `${JSON.stringify(value)}\n`;
  const part = (body: ChatBody, fields: object) => line({ model: body.model, created_at: CREATED_AT, ...fields });
  const protocol: Protocol = {
    chatPath: '/api/chat',
    contentType: 'application/x-ndjson',
    other(request, response) {
      const answers: Record<string, unknown> = {
        '/api/version': { version: '0.12.6' },
        '/api/tags': { models: models.map((name) => ({ name, model: name, size: 2_019_393_189, details: {} })) },
      };
      const answer = answers[request.url ?? ''];
      if (answer === undefined) return false;
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(answer));
      return true;
    },
    refuse(_request, body) {
      const full = body.model.includes(':') ? body.model : `${body.model}:latest`;
      if (!models.includes(full)) return { status: 404, body: line({ error: `model '${body.model}' not found` }) };
      const tokens = countTokens(body.messages.map((message) => message.content));
      if (options.contextTokens !== undefined && body.truncate === false && tokens > options.contextTokens) {
        return { status: 400, body: line({ error: 'the input length exceeds the context length' }) };
      }
      return null;
    },
    begin: () => '',
    delta: (body, text) => part(body, { message: { role: 'assistant', content: text }, done: false }),
    end: (body, deltas, reason) =>
      part(body, {
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: reason === 'filtered' ? 'content_filter' : 'stop',
        total_duration: 4_883_583_458,
        load_duration: 1_334_875,
        prompt_eval_count: countTokens(body.messages.map((message) => message.content)),
        prompt_eval_duration: 342_546_000,
        eval_count: deltas.length,
        eval_duration: 4_535_599_000,
      }),
    error: (message) => line({ error: message }),
    malformed: '{"model":"llama3.2","message":{"role":"assi\n',
  };
  return startModelServer(protocol, options.reply ?? ['The answer ', 'is 42 ', '[1].']);
}
