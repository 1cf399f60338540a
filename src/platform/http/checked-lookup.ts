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
 * Which addresses a request may go to. 'public': the public internet. 'any': all, since a person named the host.
 * 'any-but-link-local': where a redirect leads when private addresses are allowed; machines in a cloud find their
 * credentials at link-local addresses, and no page has a reason to send us there.
 */
export type AddressPolicy = 'public' | 'any' | 'any-but-link-local';

/**
 * Throws SOURCE_REFUSED when a URL's host is an IP address that the policy excludes. Node connects to such a host
 * without any lookup, so the lookup never sees it. The URL parser has already turned 2130706433, 0x7f.1 and their
 * like into dotted form.
 */
export function assertAllowedLiteral(hostname: string, policy: AddressPolicy): void {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0) assertAllowedAddresses(hostname, [{ address }], policy);
}

/** Throws SOURCE_REFUSED when any of a host's addresses is excluded: one bad answer among good ones is an attack. */
export function assertAllowedAddresses(
  hostname: string,
  addresses: readonly Pick<ResolvedAddress, 'address'>[],
  policy: AddressPolicy,
): void {
  if (policy === 'any') return;
  for (const { address } of addresses) {
    const range = nonPublicRange(address);
    if (range === null || (policy === 'any-but-link-local' && range !== 'link local')) continue;
    throw refusedAddress(hostname, { address, range, policy });
  }
}

/**
 * A `lookup` for sockets that checks every address before any is used, by the policy of the moment. The socket
 * connects to exactly the checked addresses, so a name that answers differently the second time (DNS rebinding) gains
 * nothing.
 */
export function createCheckedLookup(
  resolveHost: ResolveHost,
  currentPolicy: (hostname: string) => AddressPolicy,
): LookupFunction {
  return createLookup(resolveHost, (hostname, addresses) =>
    assertAllowedAddresses(hostname, addresses, currentPolicy(hostname)),
  );
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

type Refused = { readonly address: string; readonly range: string; readonly policy: AddressPolicy };

const refusedAddress = (hostname: string, { address, range, policy }: Refused): RagError =>
  new RagError('SOURCE_REFUSED', {
    message:
      hostname.replace(/^\[(.*)\]$/, '$1') === address
        ? `${hostname} is a ${range} address, not one of the public internet.`
        : `${hostname} resolves to ${address}, a ${range} address, not one of the public internet.`,
    hint:
      policy === 'public'
        ? 'Use --allow-private if you trust this host.'
        : 'No redirect is followed to such an address. If it is meant, add it by itself.',
    details: { hostname, address, range },
  });
