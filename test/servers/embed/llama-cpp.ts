import type { EmbedWire } from './embed-server.ts';
import { openaiWire } from './openai.ts';

/** llama.cpp's server behind OpenAI's path: what does not fit its batch is a failure of the server. */
export const llamaCppWire: EmbedWire = {
  ...openaiWire,
  name: 'llama.cpp',
  error: (message) => ({ error: { code: 500, message, type: 'server_error' } }),
  tooLong: { status: 500, message: 'input is too large to process. increase the physical batch size' },
  tooMany: { status: 500, message: 'input is too large to process. increase the physical batch size' },
};
