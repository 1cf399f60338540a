import { ModelFault } from '../platform/model-server/model-fault.ts';

/**
 * Reads a stream's lines before the client library does. The libraries skip, print or hide what is malformed; here it
 * becomes a ModelFault. One inspector serves one response.
 */
export type LineInspector = {
  /** Whether the library should see the line. Throws ModelFault for one that is not of the protocol or tells an error. */
  line(line: string): boolean;
  /** Whether the end mark has come; nothing after it is read. */
  ended(): boolean;
};

const EXCERPT_LENGTH = 200;

const excerpt = (text: string): string => (text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}...` : text);

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ModelFault({ kind: 'malformed', excerpt: excerpt(text) }, error);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new ModelFault({ kind: 'malformed', excerpt: excerpt(text) });
  }
  return value as Record<string, unknown>;
}

/** Ollama's newline-delimited JSON: one object a line, the last with `done: true`, an error as `{"error": "..."}`. */
export function inspectOllamaLines(): LineInspector {
  let done = false;
  return {
    line(line) {
      // The Ollama client prints a warning for an empty line.
      if (line.trim() === '') return false;
      const object = parseObject(line);
      if (object.error !== undefined) throw new ModelFault({ kind: 'server', body: line });
      if (object.done === true) done = true;
      return true;
    },
    ended: () => done,
  };
}

/**
 * Server-sent events as `/v1/chat/completions` writes them: `data: {...}` lines and `data: [DONE]` at the end. A comment
 * (`: ping`) keeps the connection alive. Anything else on a line means that this is no such server.
 */
export function inspectOpenaiLines(): LineInspector {
  let done = false;
  return {
    line(line) {
      if (line.trim() === '' || line.startsWith(':') || /^(event|id|retry):/.test(line)) return true;
      if (!line.startsWith('data:')) {
        if (line.startsWith('{') && 'error' in parseObject(line)) throw new ModelFault({ kind: 'server', body: line });
        throw new ModelFault({ kind: 'malformed', excerpt: excerpt(line) });
      }
      const data = line.slice('data:'.length).trim();
      if (data === '[DONE]') {
        done = true;
        return true;
      }
      const object = parseObject(data);
      if (object.error !== undefined && object.error !== null) throw new ModelFault({ kind: 'server', body: data });
      return true;
    },
    ended: () => done,
  };
}
