import chardet from 'chardet';

export type EncodingGuess = { readonly encoding: string; readonly sure: boolean };

/** The most plausible encoding of bytes that are neither ASCII nor UTF-8 nor UTF-16. */
export function detectEncoding(bytes: Uint8Array): EncodingGuess {
  const best = chardet.analyse(bytes.subarray(0, 65_536))[0];
  return { encoding: (best?.name ?? 'windows-1252').toLowerCase(), sure: (best?.confidence ?? 0) > 50 };
}
