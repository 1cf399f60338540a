import { inspectCompletionEvents } from './event-stream.ts';
import { completionsModel } from './openai-compatible.ts';
import { sdkDriver } from './sdk-generator.ts';

/**
 * `openai/<model>` at OpenAI or whatever server OPENAI_BASE_URL names, by `/chat/completions`. A key is sent when there
 * is one; local servers need none.
 */
export const openaiDriver = sdkDriver({
  provider: 'openai',
  label: (url) => (new URL(url).hostname.endsWith('openai.com') ? 'OpenAI' : 'that server'),
  keyPlace: 'the environment variable OPENAI_API_KEY',
  addressName: 'OPENAI_BASE_URL',
  needsKey: false,
  newInspector: inspectCompletionEvents,
  languageModel: completionsModel,
});
