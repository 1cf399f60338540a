import type { HostedOptions, ModelServer } from './model-server.ts';
import { startOpenaiServer } from './openai.ts';

const failure = (message: string, type: string, code: string) =>
  JSON.stringify({ error: { message, type, param: null, code } });

/**
 * Speaks DeepSeek's chat completions: OpenAI's without a version in the path, with what the model thinks in
 * `reasoning_content`, and its own words for a wrong key and an unknown model. The base URL is the origin.
 * Source: https://api-docs.deepseek.com/api/create-chat-completion and /quick_start/error_codes.
 */
export const startDeepseekServer = (
  options: HostedOptions & { readonly thoughts?: readonly string[] } = {},
): Promise<ModelServer> =>
  startOpenaiServer({
    models: ['deepseek-chat'],
    ...options,
    base: '',
    cacheFields: (tokens) => ({ prompt_cache_hit_tokens: tokens, prompt_cache_miss_tokens: 1 }),
    refusals: {
      key: (given) => ({
        status: 401,
        body: failure(
          `Authentication Fails, Your api key: ****${given?.slice(-4) ?? ''} is invalid`,
          'authentication_error',
          'invalid_request_error',
        ),
      }),
      model: () => ({
        status: 400,
        body: failure('Model Not Exist', 'invalid_request_error', 'invalid_request_error'),
      }),
    },
  });
