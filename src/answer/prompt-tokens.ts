/**
 * Tokens of a text, on the long side for every script: three and a half ASCII characters or three other UTF-8 bytes a
 * token. Tokenizers of models in use need fewer, so what fits by this count fits.
 */
export function estimatePromptTokens(text: string): number {
  const bytes = Buffer.byteLength(text);
  let ascii = 0;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < 0x80) ascii++;
  return Math.ceil(ascii / 3.5 + (bytes - ascii) / 3);
}
