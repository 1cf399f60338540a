import type { ModelFault } from '../../platform/model-server/model-fault.ts';

/**
 * How servers say that a text, or a batch, is more than they take: OpenAI "maximum context length", "max 300000 tokens per
 * request", Ollama "input length exceeds the context length", llama.cpp "input is too large to process", text-embeddings-
 * inference "must have less than 512 tokens" and "batch size 64 > maximum allowed batch size 32", Cohere "too many tokens"
 * and "at most 96", Voyage "max allowed tokens", "does not fit into the model's context window", Mistral "too many inputs".
 */
const TOO_LONG =
  /context[ _]?(length|window|size)|too (large|long|many (tokens|inputs|texts))|less than \d+ tokens|batch size|at most \d+|max(imum)?( allowed)?( number of)? (\d+ )?(tokens|inputs|texts|batch)|exceeds? .{0,40}(tokens|length|limit)|max_tokens_per_request/i;

/** llama.cpp gives 500, gateways 413, the others 400 or 422. */
const STATUSES = new Set([400, 413, 422, 500]);

/** Whether fewer or shorter texts may be taken. */
export function isTooLong({ fault }: ModelFault): boolean {
  if (fault.kind !== 'status' || !STATUSES.has(fault.status)) return false;
  return fault.status === 413 || TOO_LONG.test(fault.body);
}
