import ipaddr from 'ipaddr.js';

/** What to call the ranges of ipaddr.js whose names are no words; the others are split at their capitals. */
const RANGE_WORDS: Readonly<Record<string, string>> = {
  carrierGradeNat: 'carrier-grade NAT',
  deprecatedSiteLocal: 'site-local',
  rfc6052: 'NAT64',
  rfc6145: 'translated IPv4',
};

/** Global unicast addresses; nothing else is handed out to public hosts. Source: IANA IPv6 address space registry. */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** IPv4 behind a translator, last 32 bits. The local-use 64:ff9b:1::/48 stays refused. Source: RFC 6052, section 2.1. */
const NAT64_WELL_KNOWN: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96];

/**
 * Why an IP address is none of the public internet ("loopback", "private", "link local" ...), or null when it is.
 * IPv4 inside IPv6 (mapped, NAT64) is judged by the IPv4 address. Tunnels (6to4, Teredo), documentation and reserved
 * ranges count as not public, and so does text that is no address at all.
 */
export function nonPublicRange(address: string): string | null {
  if (!ipaddr.isValid(address)) return 'unreadable';
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return wordsOf(parsed.range());
  if (parsed.isIPv4MappedAddress()) return wordsOf(parsed.toIPv4Address().range());
  if (parsed.match(NAT64_WELL_KNOWN)) return wordsOf(ipaddr.fromByteArray(parsed.toByteArray().slice(12)).range());
  const range = wordsOf(parsed.range());
  if (range !== null) return range;
  return parsed.match(GLOBAL_UNICAST) ? null : 'reserved';
}

function wordsOf(range: string): string | null {
  if (range === 'unicast') return null;
  return RANGE_WORDS[range] ?? range.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}
