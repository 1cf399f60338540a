import { decodeAs } from './decode-as.ts';
import { plausibility, type Writing } from './text-plausibility.ts';

export type EncodingGuess = {
  readonly encoding: string;
  /** Whether the letters it gives look like a language at all. */
  readonly sure: boolean;
};

/** Enough to tell: some hundred words. */
const SAMPLE_BYTES = 6 * 1024;
/** A decoding with more broken characters than this among those outside ASCII is out of the question. */
const MAX_BROKEN_SHARE = 0.1;

const WESTERN: readonly Writing[] = [
  'german',
  'french',
  'spanish',
  'catalan',
  'portuguese',
  'italian',
  'dutch',
  'nordic',
  'icelandic',
  'finnish',
  'irish',
  'albanian',
  'estonian',
];
const CENTRAL: readonly Writing[] = [
  'polish',
  'czech',
  'slovak',
  'hungarian',
  'croatian',
  'slovene',
  'romanian',
  'german',
];
const BALTIC: readonly Writing[] = ['lithuanian', 'latvian', 'estonian'];

/** In order of how common they are, which settles draws. `bias` keeps the rare ones from winning by a hair. */
const CANDIDATES: ReadonlyArray<{ encoding: string; writings: readonly Writing[]; bias: number }> = [
  { encoding: 'windows-1252', writings: WESTERN, bias: 0 },
  { encoding: 'gb18030', writings: ['simplified', 'traditional'], bias: 0 },
  { encoding: 'shift_jis', writings: ['japanese'], bias: 0 },
  { encoding: 'euc-jp', writings: ['japanese'], bias: 0 },
  { encoding: 'big5', writings: ['traditional'], bias: 0 },
  { encoding: 'euc-kr', writings: ['korean'], bias: 0 },
  { encoding: 'windows-1251', writings: ['cyrillic'], bias: 0 },
  { encoding: 'koi8-u', writings: ['cyrillic'], bias: 0 },
  { encoding: 'windows-1250', writings: CENTRAL, bias: -0.05 },
  { encoding: 'iso-8859-2', writings: CENTRAL, bias: -0.055 },
  { encoding: 'windows-1253', writings: ['greek'], bias: 0 },
  { encoding: 'iso-8859-7', writings: ['greek'], bias: -0.005 },
  { encoding: 'windows-1254', writings: ['turkish'], bias: -0.01 },
  { encoding: 'windows-1255', writings: ['hebrew'], bias: 0 },
  { encoding: 'windows-1256', writings: ['arabic'], bias: 0 },
  { encoding: 'windows-874', writings: ['thai'], bias: 0 },
  { encoding: 'windows-1257', writings: BALTIC, bias: -0.01 },
  { encoding: 'windows-1258', writings: ['vietnamese'], bias: -0.1 },
  { encoding: 'iso-8859-15', writings: WESTERN, bias: -0.02 },
  { encoding: 'iso-8859-5', writings: ['cyrillic'], bias: -0.01 },
  { encoding: 'iso-8859-6', writings: ['arabic'], bias: -0.01 },
  { encoding: 'iso-8859-8', writings: ['hebrew'], bias: -0.01 },
  { encoding: 'ibm866', writings: ['cyrillic'], bias: -0.01 },
  { encoding: 'x-mac-cyrillic', writings: ['cyrillic'], bias: -0.02 },
  { encoding: 'macintosh', writings: WESTERN, bias: -0.03 },
  { encoding: 'cp850', writings: WESTERN, bias: -0.03 },
  { encoding: 'cp852', writings: CENTRAL, bias: -0.06 },
  { encoding: 'iso-8859-3', writings: ['esperanto', 'maltese'], bias: -0.03 },
  { encoding: 'iso-8859-4', writings: BALTIC, bias: -0.03 },
  { encoding: 'iso-8859-13', writings: BALTIC, bias: -0.02 },
  { encoding: 'iso-8859-14', writings: ['welsh', 'irish'], bias: -0.03 },
  { encoding: 'iso-8859-16', writings: ['romanian'], bias: -0.1 },
  { encoding: 'cp737', writings: ['greek'], bias: -0.03 },
  { encoding: 'cp862', writings: ['hebrew'], bias: -0.03 },
  { encoding: 'cp775', writings: BALTIC, bias: -0.04 },
  { encoding: 'cp857', writings: ['turkish'], bias: -0.04 },
];

/** Below this, what comes out is no running text in any of the writings. */
const SURE_SCORE = 0.55;

/**
 * The most plausible encoding of bytes that are neither ASCII nor UTF-8 nor UTF-16: seven-bit encodings by their
 * escape sequences, the others by decoding a sample in each and asking which result looks most like a language.
 * It needs some 20 letters outside ASCII to be trusted. Never throws.
 */
export function detectEncoding(bytes: Uint8Array): EncodingGuess {
  const escaped = escapeEncoding(bytes);
  if (escaped) return { encoding: escaped, sure: true };
  const sample = sampleOf(bytes);
  let best = { encoding: 'windows-1252', score: Number.NEGATIVE_INFINITY };
  for (const { encoding, writings, bias } of CANDIDATES) {
    const text = decodeAs(sample, encoding);
    if (brokenShare(text) > MAX_BROKEN_SHARE) continue;
    const score = plausibility(text, writings) + bias;
    if (score > best.score) best = { encoding, score };
  }
  return { encoding: best.encoding, sure: best.score >= SURE_SCORE };
}

function brokenShare(text: string): number {
  let broken = 0;
  let all = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    all++;
    if (code === 0xfffd || code < 0xa0) broken++;
  }
  return all === 0 ? 0 : broken / all;
}

/** ISO-2022 and HZ, which use seven bits only; null for anything else. */
export function escapeEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64 * 1024)).toString('latin1');
  if (head.includes('\u001b')) {
    if (head.includes('\u001b$)C')) return 'iso-2022-kr';
    if (/\u001b(?:\$[@B]|\$\([DOQ]|\([IJ])/.test(head)) return 'iso-2022-jp';
  }
  return /~\{(?:[!-w][!-~]){2,2000}~\}/.test(head) ? 'hz-gb-2312' : null;
}

/** The lines that hold bytes outside ASCII, up to the sample size; whole lines, so that no character is cut. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= SAMPLE_BYTES) return bytes;
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let start = 0; start < bytes.length && length < SAMPLE_BYTES; ) {
    const newline = bytes.indexOf(10, start);
    const end = Math.min(newline < 0 ? bytes.length : newline + 1, start + SAMPLE_BYTES);
    const line = bytes.subarray(start, end);
    if (line.some((byte) => byte >= 0x80)) {
      parts.push(line);
      length += line.length;
    }
    start = end;
  }
  return Buffer.concat(parts).subarray(0, SAMPLE_BYTES);
}
