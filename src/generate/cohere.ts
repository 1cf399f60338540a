import { type EventReading, inspectEventStream, valueIn } from './event-stream.ts';
import type { JsonObject } from './line-inspector.ts';
import { sdkDriver } from './sdk-generator.ts';

/** `cohere/<model>`, by version 2 of the chat interface. Source: https://docs.cohere.com/reference/chat-stream. */
export const cohereDriver = sdkDriver({
  provider: 'cohere',
  label: 'Cohere',
  keyPlace: 'the environment variable COHERE_API_KEY',
  addressName: 'cohere.baseUrl',
  needsKey: true,
  newInspector: inspectEventStream(readEvent),
  async languageModel({ model, baseUrl, apiKey, headers, fetch }) {
    const { createCohere } = await import('@ai-sdk/cohere');
    // The address is that of all of Cohere, and its versions are below it.
    const baseURL = baseUrl.endsWith('/v2') ? baseUrl : `${baseUrl}/v2`;
    return createCohere({ baseURL, apiKey, headers: { ...headers }, fetch })(model);
  },
});

function readEvent(event: JsonObject): EventReading {
  if (event.type !== 'message-end') return { error: event.type === undefined || event.type === 'error' };
  const reason = valueIn(event, 'delta', 'finish_reason');
  return reason === 'ERROR' || reason === 'TIMEOUT' ? { error: true } : { end: true };
}
