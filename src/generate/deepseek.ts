import { inspectCompletionEvents } from './event-stream.ts';
import { sdkDriver } from './sdk-generator.ts';

/** `deepseek/<model>`; what a reasoning model thinks comes apart from its answer. Source: https://api-docs.deepseek.com. */
export const deepseekDriver = sdkDriver({
  provider: 'deepseek',
  label: 'DeepSeek',
  keyPlace: 'the environment variable DEEPSEEK_API_KEY',
  addressName: 'deepseek.baseUrl',
  needsKey: true,
  newInspector: inspectCompletionEvents,
  async languageModel({ model, baseUrl, apiKey, headers, fetch }) {
    const { createDeepSeek } = await import('@ai-sdk/deepseek');
    return createDeepSeek({ baseURL: baseUrl, apiKey, headers: { ...headers }, fetch })(model);
  },
});
