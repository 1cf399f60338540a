import { isIPv6 } from 'node:net';
import { anyOf, wordsNear } from '../text/words-near.ts';
import type { Detector, Finding } from '../types.ts';

const V4 = /(?<![\p{L}\p{N}.])(?:\d{1,3}\.){3}\d{1,3}(?![\p{L}\p{N}]|\.\d)/gu;
const V6 = /(?<![\p{L}\p{N}:])(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|\d{1,3}(?:\.\d{1,3}){3}|)(?![\p{L}\p{N}:])/giu;

const words = anyOf(
  'ip',
  'ips',
  'ipv4',
  'ipv6',
  'ip-adresse',
  'ip address',
  'adresse ip',
  'dirección ip',
  'host',
  'hosts',
  'server',
  'client',
  'ping',
  'remote',
  'remote_addr',
  'x-forwarded-for',
  'login from',
  'connection from',
  'connected from',
  'anmeldung von',
  'connexion depuis',
  'ssh',
  'nameserver',
  'dns',
  'gateway',
  'subnet',
  'peer',
  'firewall',
  'address',
  'adresse',
  'listen',
  'bind',
  'http',
  'https',
);
const versions =
  /(?:\b(?:v|ver|version|versión|versione|release|build|firmware|driver|update|patch|upgrade\w*|oid|section|sec|chapter|kapitel|abschnitt|clause|paragraph|article|artikel|item|figure|appendix|table|requires?|assembly\w*|dll|sdk|api)\b[.:#= ]{0,3}(?:to |from |is )?|§ ?|\bv|(?:[<>~^]=?|==) ?)$/i;

/** Addresses of the network; version numbers, sections, masks and addresses of everybody's own machine are none. */
export const ip: Detector = {
  kind: 'ip',
  *detect(text): Generator<Finding> {
    for (const { 0: written, index } of text.matchAll(V4)) {
      const parts = written.split('.').map(Number);
      if (parts.some((part) => part > 255) || /(?:^|\.)0\d/.test(written)) continue;
      if (parts[0] === 127 || parts[0] === 0 || parts[0] === 255 || written.endsWith('.0.0.0')) continue;
      const span = { start: index, end: index + written.length };
      const isVersion = versions.test(text.slice(Math.max(0, index - 20), index));
      const near = wordsNear(text, span, words);
      const isSmall = parts.every((part) => part < 30);
      const confidence = isVersion ? 0.2 : near > 0 ? 0.95 : isSmall ? 0.35 : 0.75;
      yield { kind: 'ip', rule: 'ipv4', span, value: written, confidence };
    }
    for (const { 0: written, index } of text.matchAll(V6)) {
      const groups = written.split(':').filter((group) => group !== '');
      if (groups.length < 3 || !/\d/.test(written) || !isIPv6(written)) continue;
      const span = { start: index, end: index + written.length };
      yield { kind: 'ip', rule: 'ipv6', span, value: written.toLowerCase(), confidence: 0.9 };
    }
  },
};
