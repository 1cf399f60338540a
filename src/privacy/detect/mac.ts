import type { Detector, Finding } from '../types.ts';

const PAIRS =
  /(?<![\p{L}\p{N}]|[\p{N}a-f][:-])(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\p{L}\p{N}]|[:-][0-9a-f])/giu;
const DOTTED = /(?<![\p{L}\p{N}.])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\p{L}\p{N}]|\.[0-9a-f])/giu;

/** Addresses of network cards. Fingerprints of keys are longer; those of nobody and of everybody are left out. */
export const mac: Detector = {
  kind: 'mac',
  *detect(text): Generator<Finding> {
    for (const pattern of [PAIRS, DOTTED]) {
      for (const { 0: written, index } of text.matchAll(pattern)) {
        const value = written.replace(/[^0-9a-f]/gi, '').toLowerCase();
        if (/^(.)\1*$/.test(value)) continue;
        // Figures only, with hyphens or dots: a date with a time, or a part number.
        const isFigures = /^\d+$/.test(value) && !written.includes(':');
        const span = { start: index, end: index + written.length };
        yield { kind: 'mac', rule: 'mac', span, value, confidence: isFigures ? 0.3 : 0.92 };
      }
    }
  },
};
