import { readText } from './decode.ts';
import { jsonBlocks } from './json-blocks.ts';
import { indentJson } from './json-indent.ts';
import { paragraphBlocks } from './paragraph-blocks.ts';
import { parsedDocument } from './parsed-document.ts';
import type { Block, Parser } from './types.ts';

/** Lines longer than this on average are not meant to be read, so the text is laid out anew. */
const READABLE_LINE_LENGTH = 400;

/**
 * JSON, and JSON lines whatever the extension says. Readable files keep their own lines; a file of one long line is
 * laid out anew (without line numbers, which would mean nothing). Never evaluated: what does not parse is kept as
 * text with a warning.
 */
export const jsonParser: Parser = {
  type: 'json',
  mediaTypes: ['application/json', 'application/ld+json', 'application/x-ndjson', 'application/jsonl'],
  extensions: ['json', 'jsonl', 'ndjson', 'geojson', 'json5', 'jsonc', 'webmanifest', 'topojson', 'har'],
  async parse({ bytes, charset, name }) {
    const decoded = readText(bytes, { charset });
    const common = { type: 'json', mediaType: 'application/json' } as const;
    const asLines = jsonLines(decoded.text);
    if (asLines) {
      return parsedDocument({
        ...common,
        text: decoded.text,
        firstLine: 1,
        blocks: asLines,
        warnings: decoded.warnings,
      });
    }
    const lenient = /\.(?:json5|jsonc)$/i.test(name);
    const problem = lenient ? null : whyInvalid(decoded.text);
    if (problem) {
      return parsedDocument({
        ...common,
        text: decoded.text,
        firstLine: 1,
        blocks: paragraphBlocks(decoded.text, 'code'),
        warnings: [...decoded.warnings, `Not valid JSON (${problem}); kept as plain text.`],
      });
    }
    const own = isReadable(decoded.text);
    const text = own ? decoded.text : indentJson(decoded.text);
    return parsedDocument({
      ...common,
      text,
      firstLine: own ? 1 : null,
      blocks: jsonBlocks(text),
      warnings: own ? decoded.warnings : [...decoded.warnings, 'One long line; laid out anew, without line numbers.'],
    });
  },
};

/** A record per line, when there are at least two lines and every one is an object or array; else null. */
function jsonLines(text: string): Block[] | null {
  const blocks: Block[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end).trim();
    if (line !== '') {
      const pair = line[0]! + line.at(-1)!;
      if (pair !== '{}' && pair !== '[]') return null;
      // A sample is enough: one record cut off in the middle does not make the file another format.
      if (blocks.length < 20 && whyInvalid(line)) return null;
      blocks.push({ kind: 'record', span: { start, end } });
    }
    start = end + 1;
  }
  return blocks.length > 1 ? blocks : null;
}

/** The reason why text is no JSON, or null. JSON.parse keeps its own bound on the stack and throws past it. */
function whyInvalid(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return 'nested too deeply';
    const position = /position (\d+)/.exec(String(error));
    if (!position) return text.trim() === '' ? 'empty' : 'it ends too early';
    return `unexpected text in line ${text.slice(0, Number(position[1])).split('\n').length}`;
  }
}

const isReadable = (text: string): boolean => {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines <= READABLE_LINE_LENGTH;
};
