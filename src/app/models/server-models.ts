import type { Settings } from '../../config/types.ts';
import { messageOf } from '../../platform/errors.ts';
import { parseServerAddress } from '../../platform/model-server/server-address.ts';
import { kindOf } from './model-kind.ts';
import type { ModelKind } from './providers.ts';

export type ServerModel = { readonly name: string; readonly kind: ModelKind; readonly bytes: number | null };

/** What a server says that it has, or why it says nothing. */
export type ServerListing =
  | { readonly status: 'listed'; readonly models: readonly ServerModel[] }
  | { readonly status: 'failed'; readonly reason: string };

export type AskServerOptions = {
  readonly fetch: typeof globalThis.fetch;
  /** Longest wait; who is there and well answers in a few milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
};

/** A model list is small; what is longer is none. */
const MAX_BYTES = 4_000_000;

type OllamaTag = { name?: unknown; size?: unknown; details?: { family?: unknown; families?: unknown } };

/** The models of an Ollama server, by `GET /api/tags`. Never throws. */
export async function ollamaModels(settings: Settings, options: AskServerOptions): Promise<ServerListing> {
  const { url, headers } = parseServerAddress(settings.ollama.host, { setting: 'ollama.host' });
  return listing(`${url}/api/tags`, headers, options, (reply) =>
    ((reply as { models?: OllamaTag[] }).models ?? []).flatMap(({ name, size, details }) => {
      if (typeof name !== 'string') return [];
      const families = String([details?.family, details?.families]);
      const kind = /bert/i.test(families) ? 'embed' : kindOf(`ollama/${name}`, settings);
      return [{ name: name.replace(/:latest$/, ''), kind, bytes: typeof size === 'number' ? size : null }];
    }),
  );
}

/** The models of a server of one's own, by `GET <baseUrl>/models` as OpenAI has it. Never throws. */
export async function openaiCompatibleModels(
  name: string,
  settings: Settings,
  options: AskServerOptions,
): Promise<ServerListing> {
  const server = settings.servers[name];
  if (!server) return { status: 'failed', reason: 'no such server' };
  const address = parseServerAddress(server.baseUrl, { setting: `servers.${name}.baseUrl` });
  const key = server.apiKey && { authorization: `Bearer ${server.apiKey}` };
  return listing(`${address.url}/models`, { ...address.headers, ...server.headers, ...key }, options, (reply) =>
    ((reply as { data?: { id?: unknown }[] }).data ?? []).flatMap(({ id }) =>
      typeof id === 'string' ? [{ name: id, kind: kindOf(`${name}/${id}`, settings), bytes: null }] : [],
    ),
  );
}

async function listing(
  url: string,
  headers: Readonly<Record<string, string>>,
  { fetch, timeoutMs, signal }: AskServerOptions,
  read: (reply: object) => readonly ServerModel[],
): Promise<ServerListing> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers,
      // A redirect would carry the key to another host.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (!response.ok) return { status: 'failed', reason: `it answers with status ${response.status}` };
    const text = await boundedText(response);
    if (text === null) return { status: 'failed', reason: 'its list of models is too long' };
    const reply: unknown = JSON.parse(text);
    if (typeof reply !== 'object' || reply === null) return { status: 'failed', reason: 'it gives no list of models' };
    return { status: 'listed', models: read(reply) };
  } catch (error) {
    if (timeout.aborted) return { status: 'failed', reason: `no answer within ${timeoutMs} ms` };
    return {
      status: 'failed',
      reason:
        error instanceof TypeError
          ? 'it does not answer'
          : `it gives no list of models (${messageOf(error).slice(0, 80)})`,
    };
  }
}

/** Null when it is longer than a list can be. */
async function boundedText({ body }: Response): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > MAX_BYTES) {
      await reader?.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts).toString('utf8');
}
