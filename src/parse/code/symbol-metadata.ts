import type { CodeSymbol } from './types.ts';

/** A file of more definitions is a generated one; the first ones say what it is. */
const MAX_SYMBOLS = 1_000;

/** What a document says of the definitions in it: `{symbols: [{name: 'Parser.parse', kind: 'method', line: 12}]}`, lines from 1. */
export function symbolMetadata(symbols: readonly CodeSymbol[], text: string): Readonly<Record<string, unknown>> {
  if (symbols.length === 0) return {};
  let line = 1;
  let at = 0;
  const listed = symbols.slice(0, MAX_SYMBOLS).map(({ path, kind, definedAt }) => {
    for (let newline = text.indexOf('\n', at); newline >= 0 && newline < definedAt; newline = text.indexOf('\n', at)) {
      line++;
      at = newline + 1;
    }
    return { name: path.join('.'), kind, line };
  });
  return { symbols: listed };
}
