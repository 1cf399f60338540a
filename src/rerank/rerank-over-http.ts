import { cutText } from '../domain/cut-text.ts';
import { RagError, throwIfAborted } from '../platform/errors.ts';
import type { ModelContext } from '../platform/model-server/model-error.ts';
import { postJson } from '../platform/model-server/post-json.ts';
import { parseServerAddress } from '../platform/model-server/server-address.ts';
import { withRetries } from '../platform/model-server/with-retries.ts';
import { readScores } from './read-scores.ts';
import type { Reranker, RerankerSettings, RerankRequest, RerankServer } from './types.ts';

/** The parts in which the interfaces of rerank servers differ. */
export type RerankProtocol = {
  readonly provider: string;
  readonly server: RerankServer;
  /** Setting and environment variable, as people write them. */
  readonly addressSetting: string;
  readonly keyVariable: string;
  /** A service that answers nobody without a key. */
  readonly needsKey: boolean;
  /** Below the base address. */
  readonly path: string;
  body(request: { readonly query: string; readonly documents: readonly string[] }): Readonly<Record<string, unknown>>;
  /** The list in the answer, and the name of the score in each of its objects. */
  results(answer: Readonly<Record<string, unknown>>): unknown;
  readonly scoreField: string;
};

/** About 2,000 tokens, what the services take as a query. */
const MAX_QUERY_LENGTH = 6000;
/** Longer than any passage that is stored; sections that were grown may be. */
const MAX_PASSAGE_LENGTH = 16_000;
/** A score takes a hundred bytes, and services that return the passages do so when they are not asked to. */
const MAX_ANSWER_BYTES = 16_000_000;

/** A reranker behind one request: all passages go out, a list of `{index, score}` comes back. */
export function createHttpReranker(model: string, protocol: RerankProtocol, settings: RerankerSettings): Reranker {
  const name = `${protocol.provider}/${model}`;
  const apiKey = protocol.server.apiKey?.trim() || undefined;
  return {
    name,
    async rerank({ query, passages, signal = new AbortController().signal }: RerankRequest) {
      throwIfAborted(signal);
      if (passages.length === 0) return [];
      const address = parseServerAddress(protocol.server.baseUrl, { setting: protocol.addressSetting });
      if (apiKey === undefined && protocol.needsKey && !address.local) throw missingKey(name, address.url, protocol);
      const answer = await withRetries({
        attempt: () =>
          postJson({
            fetch: settings.fetch,
            url: `${address.url}${protocol.path}`,
            headers: { ...address.headers, ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) },
            body: protocol.body({
              query: cutText(query, MAX_QUERY_LENGTH),
              documents: passages.map((passage) => cutText(passage, MAX_PASSAGE_LENGTH)),
            }),
            signal,
            timeoutMs: settings.timeoutMs,
            maxBytes: MAX_ANSWER_BYTES,
          }),
        context: contextOf({ name, model, apiKey, server: address.url, secrets: address.secrets }, protocol),
        settings,
        signal,
      });
      const isObject = typeof answer === 'object' && answer !== null;
      return readScores({
        results: isObject ? protocol.results(answer as Readonly<Record<string, unknown>>) : undefined,
        scoreField: protocol.scoreField,
        count: passages.length,
        sender: `"${name}" at ${address.url}`,
      });
    },
  };
}

const missingKey = (name: string, server: string, { keyVariable }: RerankProtocol): RagError =>
  new RagError('MODEL_AUTH', {
    message: `${server} needs a key for "${name}", and there is none.`,
    hint: `Set the environment variable ${keyVariable}.`,
    details: { model: name, server },
  });

function contextOf(
  parts: { name: string; model: string; apiKey: string | undefined; server: string; secrets: readonly string[] },
  { addressSetting, keyVariable }: RerankProtocol,
): ModelContext {
  const { apiKey, server, secrets, ...named } = parts;
  return {
    ...named,
    server,
    secrets: apiKey === undefined ? secrets : [apiKey, ...secrets],
    hints: {
      auth:
        apiKey === undefined
          ? `Set the environment variable ${keyVariable}.`
          : `Check the environment variable ${keyVariable}: is the key of this server, still valid, and allowed this model?`,
      notFound: `Check the name "${parts.model}", and that ${addressSetting} (${server}) is the base of a reranking service.`,
      unreachable: `Check the network, and that ${addressSetting} (${server}) is right.`,
      contextTooLong: 'Rerank fewer or shorter passages: lower rerank.candidates.',
      malformed: `Check that ${addressSetting} (${server}) is the base of a reranking service, and the model one for reranking.`,
    },
  };
}
