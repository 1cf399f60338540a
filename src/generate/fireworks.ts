import { inspectCompletionEvents } from './event-stream.ts';
import { sdkDriver } from './sdk-generator.ts';

/** `fireworks/accounts/fireworks/models/<model>`. Source: https://docs.fireworks.ai/api-reference/post-chatcompletions. */
export const fireworksDriver = sdkDriver({
  provider: 'fireworks',
  label: 'Fireworks',
  keyPlace: 'the environment variable FIREWORKS_API_KEY',
  addressName: 'fireworks.baseUrl',
  needsKey: true,
  newInspector: inspectCompletionEvents,
  async languageModel({ model, baseUrl, apiKey, headers, fetch }) {
    const { createFireworks } = await import('@ai-sdk/fireworks');
    return createFireworks({ baseURL: baseUrl, apiKey, headers: { ...headers }, fetch })(model);
  },
});
