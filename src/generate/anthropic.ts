import type { ModelMessage } from 'ai';
import { inspectEventStream } from './event-stream.ts';
import { type SdkPrompt, sdkDriver } from './sdk-generator.ts';
import type { GenerateRequest, Message } from './types.ts';

/**
 * Claude: `anthropic/<model>`, by the Messages interface. The rules and the passages of a prompt are kept by the
 * provider for some minutes where they are long enough, so that another question about them costs less.
 * Source: https://docs.anthropic.com/en/api/messages-streaming.
 */
export const anthropicDriver = sdkDriver({
  provider: 'anthropic',
  label: 'Anthropic',
  keyPlace: 'the environment variable ANTHROPIC_API_KEY',
  addressName: 'ANTHROPIC_BASE_URL',
  needsKey: true,
  newInspector: inspectEventStream((event) => ({ error: event.type === 'error', end: event.type === 'message_stop' })),
  async languageModel({ model, baseUrl, apiKey, headers, fetch }) {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    // Anthropic's own libraries want the address without the version, and share the variable with us.
    const baseURL = new URL(baseUrl).pathname === '/' ? `${baseUrl}/v1` : baseUrl;
    return createAnthropic({ baseURL, apiKey, headers: { ...headers }, fetch })(model);
  },
  prompt: cachedPrompt,
});

const KEPT = { anthropic: { cacheControl: { type: 'ephemeral' } } };

function cachedPrompt({ system, messages }: GenerateRequest): SdkPrompt {
  return {
    system: system === undefined ? undefined : { role: 'system', content: system, providerOptions: KEPT },
    messages: messages.map(cachedMessage),
  };
}

function cachedMessage({ role, content, stableLength = 0 }: Message): ModelMessage {
  if (role === 'assistant' || stableLength <= 0) return { role, content };
  const parts = [
    { type: 'text' as const, text: content.slice(0, stableLength), providerOptions: KEPT },
    { type: 'text' as const, text: content.slice(stableLength) },
  ];
  return { role, content: parts.filter(({ text }) => text !== '') };
}
