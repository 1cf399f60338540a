import { type EventReading, inspectEventStream, valueIn } from './event-stream.ts';
import type { JsonObject } from './line-inspector.ts';
import { sdkDriver } from './sdk-generator.ts';

/**
 * Gemini: `google/<model>`, by streamGenerateContent as server-sent events. The key goes in a header, never in the URL.
 * Source: https://ai.google.dev/api/generate-content.
 */
export const googleDriver = sdkDriver({
  provider: 'google',
  label: 'Google Gemini',
  keyPlace: 'the environment variable GOOGLE_API_KEY',
  addressName: 'google.baseUrl',
  needsKey: true,
  newInspector: inspectEventStream(readChunk),
  async languageModel({ model, baseUrl, apiKey, headers, fetch }) {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    return createGoogleGenerativeAI({ baseURL: baseUrl, apiKey, headers: { ...headers }, fetch })(model);
  },
});

/** There is no end mark: the chunk with a reason is the last with text, and counts may follow. */
function readChunk(chunk: JsonObject): EventReading {
  if (chunk.error !== undefined) return { error: true };
  const blocked = valueIn(chunk, 'promptFeedback', 'blockReason');
  if (typeof blocked === 'string') {
    return { mayEnd: true, note: `Google refused the prompt (${blocked.slice(0, 60)}).` };
  }
  const reason = valueIn(chunk, 'candidates', 0, 'finishReason');
  return { mayEnd: typeof reason === 'string' && reason !== '' };
}
