import type { FinishReason, LanguageModel, LanguageModelUsage } from 'ai';
import type { Usage } from '../domain/answer.ts';
import { ModelFault } from '../platform/model-server/model-fault.ts';
import type { SdkPrompt } from './sdk-generator.ts';
import type { GenerateEvent, GenerateRequest } from './types.ts';

/** One request through the AI SDK, without retries; what a model thinks before its answer is left out. */
export async function* streamSdkText(parts: {
  readonly name: string;
  readonly languageModel: LanguageModel;
  readonly prompt: SdkPrompt;
  readonly request: GenerateRequest;
  readonly signal: AbortSignal;
}): AsyncGenerator<GenerateEvent> {
  const { name, languageModel, prompt, request, signal } = parts;
  const { streamText } = await import('ai');
  // The SDK prints warnings with console.info, and stdout is for data.
  (globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false;
  const result = streamText({
    model: languageModel,
    system: prompt.system,
    messages: prompt.messages,
    maxOutputTokens: request.maxOutputTokens,
    temperature: request.temperature,
    maxRetries: 0,
    abortSignal: signal,
    // The default prints the error; it is thrown from the loop below instead.
    onError: () => {},
  });
  let ofStep: LanguageModelUsage | undefined;
  for await (const part of result.fullStream) {
    if (part.type === 'error') throw misfit(part.error) ?? part.error;
    if (part.type === 'abort') throw signal.reason;
    if (part.type === 'text-delta' && part.text !== '') yield { type: 'text-delta', text: part.text };
    if (part.type === 'finish-step') ofStep = part.usage;
    if (part.type === 'finish') {
      const { finishReason, rawFinishReason, totalUsage } = part;
      const note = noteOf(name, finishReason, rawFinishReason);
      yield {
        type: 'finish',
        reason: finishReason === 'stop' || finishReason === 'length' ? finishReason : 'other',
        usage: usageOf(ofStep ?? totalUsage),
        ...(note !== undefined && { note }),
      };
      return;
    }
  }
}

/** A line that is JSON and not what the provider's interface says; the SDK's own message is its schema. */
function misfit(error: unknown): ModelFault | null {
  if (!(error instanceof Error) || error.name !== 'AI_TypeValidationError') return null;
  const { value } = error as { value?: unknown };
  return new ModelFault({ kind: 'malformed', excerpt: JSON.stringify(value) ?? 'nothing' }, error);
}

function usageOf({ inputTokens = 0, outputTokens = 0, inputTokenDetails, raw }: LanguageModelUsage): Usage {
  // Cohere's count is read by nobody else.
  const cached =
    inputTokenDetails?.cacheReadTokens ?? (typeof raw?.cached_tokens === 'number' ? raw.cached_tokens : undefined);
  const written = inputTokenDetails?.cacheWriteTokens ?? 0;
  return {
    inputTokens,
    outputTokens,
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(written > 0 && { cacheWriteTokens: written }),
  };
}

function noteOf(name: string, reason: FinishReason, raw: string | undefined): string | undefined {
  if (reason === 'stop' || reason === 'length') return undefined;
  const word = raw === undefined ? '' : ` (${raw.slice(0, 60)})`;
  if (raw === 'refusal') return `"${name}" refused to go on${word}.`;
  if (reason === 'content-filter') return `A content filter of the provider of "${name}" stopped the answer${word}.`;
  return raw === undefined ? undefined : `"${name}" ended the answer for another reason than its end${word}.`;
}
