import { finishDocument } from '../../src/parse/finish-document.ts';
import type { ParsedDocument, ParseLimits, Parser } from '../../src/parse/types.ts';
import type { RagErrorCode } from '../../src/platform/errors.ts';

export const testLimits: ParseLimits = { maxInflatedBytes: 50_000_000, maxTextLength: 5_000_000, maxPages: 100 };

/** Runs one parser as parseDocument does, with small limits. */
export const parseBytes = async (
  parser: Parser,
  bytes: Uint8Array | string,
  limits: Partial<ParseLimits> = {},
): Promise<ParsedDocument> => {
  const all = { ...testLimits, ...limits };
  const input = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  return finishDocument(await parser.parse({ bytes: input, name: `file.${parser.extensions[0]}`, limits: all }), all);
};

/** The code and message with which a parser refuses bytes. */
export async function refusal(
  parser: Parser,
  bytes: Uint8Array | string,
  limits: Partial<ParseLimits> = {},
): Promise<{ code: RagErrorCode; message: string }> {
  const outcome = await parseBytes(parser, bytes, limits).catch((error: unknown) => error);
  if (!(outcome instanceof Error))
    throw new Error(`Was read: ${JSON.stringify((outcome as ParsedDocument).text.slice(0, 200))}`);
  return { code: (outcome as unknown as { code: RagErrorCode }).code, message: outcome.message };
}
