import type { HostedOptions, ModelServer } from './model-server.ts';
import { startOpenaiServer } from './openai.ts';

/** Names there are paths: `accounts/<account>/models/<model>`. */
export const FIREWORKS_MODEL = 'accounts/fireworks/models/small-model';

/**
 * Speaks Fireworks' chat completions: OpenAI's at another path, with names of models that are paths themselves. The base
 * URL is `${origin}/inference/v1`. Source: https://docs.fireworks.ai/api-reference/post-chatcompletions.
 */
export const startFireworksServer = (options: HostedOptions = {}): Promise<ModelServer> =>
  startOpenaiServer({
    models: [FIREWORKS_MODEL],
    ...options,
    base: '/inference/v1',
    refusals: {
      key: () => ({
        status: 403,
        body: JSON.stringify({
          error: { object: 'error', type: 'unauthorized', message: 'The API key you provided is invalid.' },
        }),
      }),
      model: () => ({
        status: 404,
        body: JSON.stringify({
          error: {
            object: 'error',
            type: 'invalid_request_error',
            code: 'NOT_FOUND',
            message: 'Model not found, inaccessible, and/or not deployed',
          },
        }),
      }),
    },
  });
