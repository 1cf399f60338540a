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
  /** Whether the answer is whole, so that the stream may end here though it need not; absent where only `ended` says so. */
  complete?(): boolean;
  /** What the server said of why it ended, as a sentence: a refusal, a content filter. */
  note?(): string | undefined;
};

const EXCERPT_LENGTH = 200;

export const excerpt = (text: string): string =>
  text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}...` : text;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Throws ModelFault for what is no JSON object. */
export function parseObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ModelFault({ kind: 'malformed', excerpt: excerpt(text) }, error);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new ModelFault({ kind: 'malformed', excerpt: excerpt(text) });
  }
  return value as JsonObject;
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
