import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { RagError } from '../errors.ts';
import { nonPublicRange } from './non-public-address.ts';

export type ResolvedAddress = { readonly address: string; readonly family: number };

/** All addresses of a host name, as the operating system orders them. Rejects with a DNS error code. */
export type ResolveHost = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** More answers than any honest name has; the rest is not tried. */
const MAX_ADDRESSES = 64;

export const resolveWithSystem: ResolveHost = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });

/**
 * Throws SOURCE_REFUSED when a URL's host is an IP address outside the public internet. Node connects to such a host
 * without any lookup, so `createPublicLookup` never sees it. The URL parser has already turned 2130706433, 0x7f.1 and
 * their like into dotted form.
 */
export function assertPublicLiteral(hostname: string): void {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  const range = isIP(address) === 0 ? null : nonPublicRange(address);
  if (range !== null) throw refusedAddress(hostname, address, range);
}

/** Throws SOURCE_REFUSED when any of a host's addresses is not public: one bad answer among good ones is an attack. */
export function assertPublicAddresses(hostname: string, addresses: readonly ResolvedAddress[]): void {
  for (const { address } of addresses) {
    const range = nonPublicRange(address);
    if (range !== null) throw refusedAddress(hostname, address, range);
  }
}

/**
 * A `lookup` for sockets that checks every address before any is used. The socket connects to exactly the checked
 * addresses, so a name that answers differently the second time (DNS rebinding) gains nothing.
 */
export function createPublicLookup(resolveHost: ResolveHost): LookupFunction {
  return createLookup(resolveHost, assertPublicAddresses);
}

export function createUncheckedLookup(resolveHost: ResolveHost): LookupFunction {
  return createLookup(resolveHost, () => {});
}

function createLookup(
  resolveHost: ResolveHost,
  check: (hostname: string, addresses: readonly ResolvedAddress[]) => void,
): LookupFunction {
  return (hostname, options, callback) => {
    resolveHost(hostname).then(
      (all) => {
        const addresses = all
          .filter(({ family }) => !options.family || family === options.family)
          .slice(0, MAX_ADDRESSES);
        const first = addresses[0];
        try {
          check(hostname, all);
        } catch (error) {
          callback(error as Error, '', 0);
          return;
        }
        if (!first) callback(Object.assign(new Error(`No address for ${hostname}`), { code: 'ENOTFOUND' }), '', 0);
        else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, '', 0),
    );
  };
}

const refusedAddress = (hostname: string, address: string, range: string): RagError =>
  new RagError('SOURCE_REFUSED', {
    message:
      hostname.replace(/^\[(.*)\]$/, '$1') === address
        ? `${hostname} is a ${range} address, not one of the public internet.`
        : `${hostname} resolves to ${address}, a ${range} address, not one of the public internet.`,
    hint: 'Use --allow-private if you trust this host.',
    details: { hostname, address, range },
  });
