import { ModelFault } from '../platform/model-server/model-fault.ts';
import { excerpt, type JsonObject, type LineInspector, parseObject } from './line-inspector.ts';

/** What one event says beside its text. */
export type EventReading = {
  /** It is the last one. */
  readonly end?: boolean;
  /** It may be the last one. */
  readonly mayEnd?: boolean;
  /** It tells an error. */
  readonly error?: boolean;
  /** A refusal or the like, as a sentence. */
  readonly note?: string;
};

/**
 * Server-sent events with JSON data, `data: {...}`, as all providers but Ollama write them; they differ in how they end
 * and tell errors, which `read` says of each. `data: [DONE]` ends a stream whatever the provider. A comment (`: ping`)
 * keeps the connection alive. Anything else on a line means that this is no such server.
 */
export const inspectEventStream = (read: (event: JsonObject) => EventReading) => (): LineInspector => {
  let isWhole = false;
  let isLast = false;
  let ended = false;
  let note: string | undefined;
  const take = (data: string): void => {
    const event = parseObject(data);
    const reading = read(event);
    if (reading.error) throw new ModelFault({ kind: 'server', body: data });
    if (reading.end) isLast = true;
    if (reading.end || reading.mayEnd) isWhole = true;
    if (reading.note !== undefined) note = reading.note;
  };
  return {
    line(line) {
      if (line.trim() === '') {
        // The empty line sends the event off to its reader.
        ended ||= isLast;
        return true;
      }
      if (line.startsWith(':') || /^(event|id|retry):/.test(line)) return true;
      if (!line.startsWith('data:')) {
        if (line.startsWith('{') && 'error' in parseObject(line)) throw new ModelFault({ kind: 'server', body: line });
        throw new ModelFault({ kind: 'malformed', excerpt: excerpt(line) });
      }
      const data = line.slice('data:'.length).trim();
      if (data === '[DONE]') ended = true;
      else take(data);
      return true;
    },
    ended: () => ended,
    complete: () => isWhole,
    note: () => note,
  };
};

const fieldOf = (value: unknown, name: string | number): unknown =>
  value !== null && typeof value === 'object' ? (value as Record<string | number, unknown>)[name] : undefined;

/** The value at a path of names and indices; undefined where there is none. */
export const valueIn = (value: unknown, ...path: readonly (string | number)[]): unknown => path.reduce(fieldOf, value);

/** Chat completions as OpenAI streams them. A refusal comes in a field of its own, in pieces. */
export const inspectCompletionEvents = (): LineInspector => {
  let refusal = '';
  return inspectEventStream((event) => {
    if (event.error !== undefined && event.error !== null) return { error: true };
    const piece = valueIn(event, 'choices', 0, 'delta', 'refusal');
    if (typeof piece !== 'string' || piece === '') return {};
    refusal += piece;
    return { note: `The model refused: ${refusal.slice(0, 500)}` };
  })();
};
