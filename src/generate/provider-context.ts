import type { ModelContext } from '../platform/model-server/model-error.ts';
import type { ServerAddress } from '../platform/model-server/server-address.ts';

export type ProviderFacts = {
  /** `provider/model`. */
  readonly name: string;
  readonly model: string;
  /** As people call it: Anthropic, the server "lan". */
  readonly label: string;
  /** Where its key is set: `the environment variable ANTHROPIC_API_KEY`. */
  readonly keyPlace: string;
  /** The variable or setting that holds its address. */
  readonly addressName: string;
  readonly address: ServerAddress;
  readonly apiKey: string | undefined;
  /** Values of headers that the user has set. */
  readonly secrets?: readonly string[];
};

/** What errors about a provider say, and what they must not. */
export function providerContext(facts: ProviderFacts): ModelContext {
  const { name, model, label, keyPlace, addressName, address, apiKey } = facts;
  const { url, local } = address;
  return {
    name,
    model,
    server: url,
    secrets: [...(apiKey === undefined ? [] : [apiKey]), ...(facts.secrets ?? []), ...address.secrets],
    hints: {
      auth:
        apiKey === undefined
          ? `Set ${keyPlace}.`
          : `Check ${keyPlace}: is the key of ${label}, still valid, and allowed this model?`,
      notFound: `Check the name "${model}" in the list of models of ${label}, and that ${addressName} (${url}) is right.`,
      unreachable: local
        ? `Is the model server running at ${url}? Set ${addressName} if it is elsewhere.`
        : `Check the network and ${addressName} (${url}).`,
      failing: local
        ? undefined
        : `Try again; if it stays, look at the status page of ${label}, or choose another model.`,
      contextTooLong: 'Ask with fewer or shorter passages (`--limit`), or choose a model with a larger context.',
      malformed: `Check that ${addressName} (${url}) is the address of ${label}, with the path that it wants (most often /v1).`,
    },
  };
}
