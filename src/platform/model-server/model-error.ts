import { RagError } from '../errors.ts';
import type { FaultKind, ModelFault } from './model-fault.ts';

/** What an error about one provider may say. */
export type ModelContext = {
  /** `provider/model`. */
  readonly name: string;
  readonly model: string;
  /** Where the server is, without credentials. */
  readonly server: string;
  /** Texts that must never be shown: keys and passwords. */
  readonly secrets: readonly string[];
  readonly hints: {
    readonly auth: string;
    readonly notFound: string;
    readonly unreachable: string;
    readonly contextTooLong: string;
    readonly malformed: string;
    /** When the server itself fails; absent where its log can be looked at. */
    readonly failing?: string;
  };
};

/**
 * How servers say that a prompt is too long: OpenAI's code `context_length_exceeded`, llama.cpp's type
 * `exceed_context_size_error`, Ollama's "exceeds the context length", the "maximum context length" of vLLM, Mistral and
 * DeepSeek, Anthropic's "prompt is too long" and "exceed context limit", Google's "input token count exceeds", Cohere's
 * "too many tokens: total number of tokens" and "size limit exceeded by", LM Studio's "loaded with context length".
 */
const CONTEXT_TOO_LONG = new RegExp(
  [
    'context_length_exceeded|exceed_context_size|prompt is too long|request_too_large',
    '(exceed|longer than|larger than|maximum|max)[^"]{0,80}context[ _-]?(length|size|window|limit)',
    'context (length|size|window)[^"]{0,80}exceed',
    'input token count[^"]{0,60}exceed|too many tokens: total number|size limit exceeded by \\d+ tokens',
    'input is too long for|reduce the length of the (messages|prompt|input)|model is loaded with context length',
  ].join('|'),
  'i',
);
/** Anthropic's `not_found_error`, Mistral's `invalid_model`, Voyage's "is not supported", OpenRouter's "not a valid model", and plain words. */
const MODEL_MISSING = new RegExp(
  [
    'model_not_found|not_found_error|invalid_model|invalid model|not a valid model|no such model',
    'model[^"]{0,200}(not found|does not exist|not exist|is not loaded)|model [^" ]{1,200} is not supported',
  ].join('|'),
  'i',
);
/** Google tells a wrong key with status 400, and Anthropic within a stream that has begun. */
const WRONG_KEY = /API_KEY_INVALID|API key not valid|"authentication_error"|"permission_error"/;
const NO_CREDIT = /credit balance is too low|insufficient (balance|credit)/i;
/** What passes by itself, told within a stream that had begun with status 200. */
const OVERLOADED = /overloaded_error|"UNAVAILABLE"|"INTERNAL"/;
const RATE_LIMITED = /rate_limit_error|rate_limit_exceeded|"RESOURCE_EXHAUSTED"/;

/** Statuses that pass by themselves: overload, restarts, gateways. */
const PASSING_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504, 529]);
/** Failures of the network that a second attempt may not meet. A name that does not exist stays that way. */
const PASSING_NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether another attempt makes sense while no text has come. */
export function isPassing({ fault }: ModelFault): boolean {
  if (fault.kind === 'network') return PASSING_NETWORK_CODES.has(fault.code);
  if (fault.kind === 'broken') return true;
  if (fault.kind === 'server') return OVERLOADED.test(fault.body) || RATE_LIMITED.test(fault.body);
  if (fault.kind !== 'status' || !PASSING_STATUSES.has(fault.status)) return false;
  return !CONTEXT_TOO_LONG.test(fault.body) && !/insufficient_quota/.test(fault.body);
}

/** The fault as people are told it. `textLength` is of what had come before. */
export function toModelError(thrown: ModelFault, context: ModelContext, textLength: number): RagError {
  const { fault } = thrown;
  const { name, server, hints } = context;
  const error = (code: RagError['code'], message: string, hint: string, details: Record<string, unknown> = {}) =>
    new RagError(code, {
      message: redact(message, context.secrets),
      hint,
      details: { model: name, server, ...details },
    });

  switch (fault.kind) {
    case 'status':
      return statusError(fault, context, error);
    case 'network':
      return error(
        'MODEL_UNREACHABLE',
        `No answer from ${server} (${fault.code || redact(fault.reason, context.secrets)}).`,
        hints.unreachable,
        { code: fault.code },
      );
    case 'timeout':
      return fault.phase === 'first-byte'
        ? error(
            'MODEL_TIMEOUT',
            `"${name}" at ${server} sent nothing for ${seconds(fault.afterMs)}.`,
            'A large model may still be loading: try again, choose a smaller one, or raise generate.firstByteTimeoutMs.',
          )
        : error(
            'MODEL_TIMEOUT',
            `"${name}" at ${server} fell silent for ${seconds(fault.afterMs)} in the middle of its answer.`,
            'Try again, or raise the idle timeout.',
            { textLength },
          );
    case 'server':
      return serverError(fault.body, context, textLength, error);
    case 'malformed':
      return error(
        'MODEL_FAILED',
        `${server} answered with something that is no model's answer: ${clip(fault.excerpt)}`,
        hints.malformed,
      );
    case 'broken':
      return error(
        'MODEL_BROKEN_STREAM',
        `The answer of "${name}" broke off after ${textLength} characters: ${clip(fault.reason)}.`,
        'Try again; if it happens every time, look at the log of the server.',
        { textLength },
      );
  }
}

type MakeError = (code: RagError['code'], message: string, hint: string, details?: Record<string, unknown>) => RagError;

function statusError(fault: FaultKind & { kind: 'status' }, context: ModelContext, error: MakeError): RagError {
  const { name, server, hints } = context;
  const { status } = fault;
  const said = clip(serverMessage(fault.body));
  const details = { status };
  if (CONTEXT_TOO_LONG.test(fault.body)) return contextError(said, context, error, details);
  if (status === 402 || NO_CREDIT.test(fault.body)) {
    const message = `${server} refused the request for "${name}" for lack of credit (${status}): ${said}`;
    return error('MODEL_AUTH', message, 'Fill up the account there, or choose another model.', details);
  }
  if (status === 401 || status === 403 || WRONG_KEY.test(fault.body)) {
    return error('MODEL_AUTH', `${server} refused the request for "${name}" (${status}): ${said}`, hints.auth, details);
  }
  if (status === 404 || (status === 400 && MODEL_MISSING.test(fault.body))) {
    const message = MODEL_MISSING.test(fault.body)
      ? `${server} has no model "${context.model}": ${said}`
      : `${server} does not know the address that was asked for (${status}): ${said}`;
    return error('MODEL_NOT_FOUND', message, hints.notFound, details);
  }
  if (status === 429) {
    const after = fault.retryAfterMs;
    const hint = after === null ? 'Wait a little and try again.' : `Try again in ${seconds(after)}.`;
    return error('MODEL_RATE_LIMITED', `${server} limits the rate of requests (429): ${said}`, hint, {
      ...details,
      retryAfterMs: after,
    });
  }
  if (status >= 300 && status < 400) {
    const message = `${server} answers with a redirect (${status}), which is not followed: it would carry the text and the key elsewhere.`;
    return error('MODEL_FAILED', message, hints.malformed, details);
  }
  if (status === 408) {
    return error('MODEL_TIMEOUT', `${server} gave up waiting (408): ${said}`, 'Try again.', details);
  }
  return error(
    'MODEL_FAILED',
    `${server} failed with status ${status}: ${said}`,
    status >= 500 ? (hints.failing ?? 'Try again; if it stays, look at the log of the server.') : hints.malformed,
    details,
  );
}

function serverError(body: string, context: ModelContext, textLength: number, error: MakeError): RagError {
  const said = clip(serverMessage(body));
  if (textLength > 0) {
    return error(
      'MODEL_BROKEN_STREAM',
      `The answer of "${context.name}" broke off after ${textLength} characters: ${said}`,
      'Try again; if it happens every time, look at the log of the server.',
      { textLength },
    );
  }
  if (CONTEXT_TOO_LONG.test(body)) return contextError(said, context, error, {});
  if (MODEL_MISSING.test(body)) {
    return error(
      'MODEL_NOT_FOUND',
      `${context.server} has no model "${context.model}": ${said}`,
      context.hints.notFound,
    );
  }
  if (WRONG_KEY.test(body)) {
    return error('MODEL_AUTH', `${context.server} refused the request: ${said}`, context.hints.auth);
  }
  if (RATE_LIMITED.test(body)) {
    const message = `${context.server} limits the rate of requests: ${said}`;
    return error('MODEL_RATE_LIMITED', message, 'Wait a little and try again.');
  }
  if (OVERLOADED.test(body)) {
    const message = `${context.server} has too much to do: ${said}`;
    return error('MODEL_FAILED', message, 'Try again in a minute, or choose another model.');
  }
  return error(
    'MODEL_FAILED',
    `"${context.name}" failed: ${said}`,
    context.hints.failing ?? 'Look at the log of the server.',
  );
}

const contextError = (said: string, context: ModelContext, error: MakeError, details: Record<string, unknown>) =>
  error(
    'MODEL_CONTEXT_TOO_LONG',
    `The prompt is too long for "${context.name}": ${said}`,
    context.hints.contextTooLong,
    details,
  );

/** The text of `error`, `error.message`, `message` or `detail`, which each server names otherwise; else the whole. */
export function serverMessage(body: string): string {
  try {
    const text = messageIn(JSON.parse(body), 0);
    if (text !== null) return text;
  } catch {
    // An error page need not be JSON; its text is shown as it is.
  }
  return body.trim() === '' ? 'no message' : body;
}

/** Fields that hold the message or lead to it, and how deep that is at most. */
const MESSAGE_FIELDS = ['error', 'message', 'detail', 'msg', 'delta'] as const;
const MAX_MESSAGE_DEPTH = 4;

function messageIn(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return depth === 0 ? null : value;
  if (value === null || typeof value !== 'object' || depth > MAX_MESSAGE_DEPTH) return null;
  if (Array.isArray(value)) return messageIn(value[0], depth + 1);
  for (const field of MESSAGE_FIELDS) {
    const text = messageIn((value as Record<string, unknown>)[field], depth + 1);
    if (text !== null && text !== '') return text;
  }
  return null;
}

const seconds = (ms: number): string => `${ms < 10_000 ? Math.round(ms / 100) / 10 : Math.round(ms / 1000)} s`;

const clip = (text: string): string => {
  const line = text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
};

/** A key of which less is shown is not known by it. */
const LEAST_BEGINNING = 6;

/** Messages are cut at their ends, and the cut may go through a key. */
function withoutBeginning(text: string, secret: string): string {
  const end = text.replace(/[.…\s]+$/, '').length;
  for (let length = Math.min(secret.length - 1, end); length >= LEAST_BEGINNING; length--) {
    if (text.startsWith(secret.slice(0, length), end - length)) return `${text.slice(0, end - length)}[key]`;
  }
  return text;
}

/** Text that may be shown. Servers echo keys ("Incorrect API key provided: sk-..."), so what looks like one goes too. */
export function redact(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    if (secret !== '') result = withoutBeginning(result.split(secret).join('[key]'), secret);
  }
  return (
    result
      // Some show the end of a key behind stars.
      .replace(/[\w-]{0,12}\*{3,}[\w*.-]{0,12}/g, '[key]')
      .replace(/\b(sk|pk|key|gsk|hf|fw)[-_][\w*.-]{6,}/g, '[key]')
      .replace(/\bAIza[\w-]{10,}/g, '[key]')
      .replace(/Bearer\s+[\w.~+/=-]{6,}/gi, 'Bearer [key]')
  );
}
