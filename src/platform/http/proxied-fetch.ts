export type ProxySettings = {
  /** For http and https; undefined for none. */
  readonly proxy?: string;
  /** Hosts that are reached without it, separated by commas. */
  readonly noProxy?: string;
};

/** This machine is never reached through a proxy. */
const LOCAL = 'localhost,127.0.0.1,::1,[::1]';

/**
 * `fetch` through a proxy where one is set, of an address with its options and not of a Request. The HTTP client that can
 * do so is loaded with the first call.
 */
export function createProxiedFetch({ proxy, noProxy = '' }: ProxySettings): typeof globalThis.fetch {
  if (!proxy) return (input, init) => globalThis.fetch(input, init);
  let client: ReturnType<typeof openClient> | undefined;
  return async (input, init) => {
    if (input instanceof Request) throw new TypeError('A Request cannot go through the proxy; give its address.');
    client ??= openClient(proxy, noProxy);
    const fetch = await client;
    return (await fetch(input, init ?? {})) as Response;
  };
}

async function openClient(proxy: string, noProxy: string) {
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: proxy,
    httpsProxy: proxy,
    noProxy: noProxy === '' ? LOCAL : `${noProxy},${LOCAL}`,
    // Many proxies refuse CONNECT to port 80; plain http needs no tunnel.
    proxyTunnel: false,
  });
  return (input: string | URL, init: object): Promise<unknown> => fetch(input, { ...init, dispatcher });
}
