import { inspectEventStream } from './event-stream.ts';
import { sdkDriver } from './sdk-generator.ts';

/** `mistral/<model>`, by chat completions of its own. Source: https://docs.mistral.ai/api. */
export const mistralDriver = sdkDriver({
  provider: 'mistral',
  label: 'Mistral',
  keyPlace: 'the environment variable MISTRAL_API_KEY',
  addressName: 'mistral.baseUrl',
  needsKey: true,
  newInspector: inspectEventStream((event) => ({
    error: (event.error !== undefined && event.error !== null) || event.object === 'error',
  })),
  async languageModel({ model, baseUrl, apiKey, headers, fetch }) {
    const { createMistral } = await import('@ai-sdk/mistral');
    return createMistral({ baseURL: baseUrl, apiKey, headers: { ...headers }, fetch })(model);
  },
});
