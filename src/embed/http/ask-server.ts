import { RagError } from '../../platform/errors.ts';
import { type ModelContext, toModelError } from '../../platform/model-server/model-error.ts';
import { ModelFault } from '../../platform/model-server/model-fault.ts';
import { postJson } from '../../platform/model-server/post-json.ts';
import { parseServerAddress, type ServerAddress } from '../../platform/model-server/server-address.ts';
import { withRetries } from '../../platform/model-server/with-retries.ts';
import type { EmbedderSettings } from '../types.ts';
import { isTooLong } from './is-too-long.ts';
import type { EmbedProtocol, EmbedRequest } from './protocol.ts';

/** A vector takes twenty bytes a dimension as JSON; a thousand of 3,072 dimensions are 60 MB. */
const MAX_ANSWER_BYTES = 128_000_000;
/** An ingest of hours outlives a minute of overload; somebody who waits for a search does not. */
const PASSAGE_RETRIES = 6;
/** Services with a quota by the minute ask for up to this. */
const MAX_PASSAGE_WAIT_MS = 65_000;

/** The server takes fewer or shorter texts. `error` is what to say when there are none. */
export class TooLong extends Error {
  readonly error: RagError;

  constructor(error: RagError) {
    super(error.message);
    this.error = error;
  }
}

/** What a server sent for one request, as it came; `sender` for messages. Throws TooLong, or RagError as Embedder says. */
export async function askServer(
  request: EmbedRequest,
  parts: {
    readonly name: string;
    readonly protocol: EmbedProtocol;
    readonly settings: EmbedderSettings;
    readonly signal: AbortSignal;
  },
): Promise<{ readonly vectors: unknown; readonly sender: string }> {
  const { name, protocol, settings, signal } = parts;
  const { server, addressSetting, defaultPort } = protocol;
  const address = parseServerAddress(server.baseUrl, { setting: addressSetting, defaultPort });
  const apiKey = server.apiKey?.trim() || undefined;
  const fullName = `${protocol.provider}/${name}`;
  if (settings.offline && !address.local) throw offline(fullName, address);
  if (apiKey === undefined && protocol.needsKey(address)) throw missingKey(fullName, address, protocol);
  const context = contextOf({ fullName, model: request.model, apiKey, address }, protocol);
  const answer = await withRetries({
    attempt: () =>
      postJson({
        fetch: settings.fetch,
        url: `${address.url}${protocol.path(request.model)}`,
        headers: {
          ...address.headers,
          ...(apiKey === undefined ? {} : protocol.keyHeaders(apiKey)),
          ...server.headers,
        },
        body: protocol.body(request),
        signal,
        timeoutMs: settings.timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
      }).catch((error: unknown) => {
        const isLong = error instanceof ModelFault && isTooLong(error);
        throw isLong ? new TooLong(toModelError(error, context, 0)) : error;
      }),
    context,
    settings:
      request.role === 'passage' && settings.maxRetries > 0
        ? { ...settings, maxRetries: PASSAGE_RETRIES, maxRetryAfterMs: MAX_PASSAGE_WAIT_MS }
        : settings,
    signal,
  });
  const isObject = typeof answer === 'object' && answer !== null;
  return {
    vectors: isObject ? protocol.vectors(answer as Readonly<Record<string, unknown>>) : undefined,
    sender: `"${fullName}" at ${address.url}`,
  };
}

const offline = (fullName: string, address: ServerAddress): RagError =>
  new RagError('OFFLINE', {
    message: `${fullName} is at ${new URL(address.url).host}, which is not asked while offline.`,
    hint: 'Leave out --offline, search with --mode lexical, or choose a model on this machine.',
  });

const missingKey = (fullName: string, { url }: ServerAddress, { keyVariable }: EmbedProtocol): RagError =>
  new RagError('MODEL_AUTH', {
    message: `${url} needs a key for "${fullName}", and there is none.`,
    hint: `Set the environment variable ${keyVariable}.`,
    details: { model: fullName, server: url },
  });

function contextOf(
  parts: { fullName: string; model: string; apiKey: string | undefined; address: ServerAddress },
  { addressSetting, keyVariable, hints, server }: EmbedProtocol,
): ModelContext {
  const { fullName, model, apiKey, address } = parts;
  const { url, secrets } = address;
  return {
    name: fullName,
    model,
    server: url,
    secrets: [...secrets, ...(apiKey === undefined ? [] : [apiKey]), ...Object.values(server.headers ?? {})],
    hints: {
      auth:
        hints.auth ??
        (apiKey === undefined
          ? `Set the environment variable ${keyVariable}.`
          : `Check the environment variable ${keyVariable}: is the key of this server, still valid, and allowed this model?`),
      notFound: hints.notFound,
      unreachable: hints.unreachable,
      contextTooLong: 'Choose a model that takes longer texts, or lower chunk.maxTokens and add the documents again.',
      malformed: `Check that ${addressSetting} (${url}) is the base of an embedding service, and the model one for embedding.`,
    },
  };
}
