import { sourceStructure, warningsOfGrammar } from './code/source-structure.ts';
import { symbolMetadata } from './code/symbol-metadata.ts';
import { readText } from './decode.ts';
import { parsedDocument } from './parsed-document.ts';
import { sourceBlocks } from './source-blocks.ts';
import { sourceExtensions, sourceLanguage } from './source-languages.ts';
import type { Parser } from './types.ts';

/** A line longer than this was written by a program, not by a person. */
const MINIFIED_LINE_LENGTH = 5_000;

/** Source code and configuration as the file's own lines, split at definitions: by a syntax tree, else by indentation. */
export const sourceCodeParser: Parser = {
  type: 'code',
  mediaTypes: ['text/javascript', 'application/javascript', 'text/x-python', 'text/css', 'application/xml', 'text/xml'],
  extensions: sourceExtensions,
  async parse({ bytes, charset, name, limits }) {
    const { text, warnings } = readText(bytes, { charset });
    const language = sourceLanguage(name, text.slice(0, 200));
    const structure = limits.syntaxTrees === false ? null : await sourceStructure(language, name, text);
    const { blocks, sections } = structure ?? sourceBlocks(text);
    const longest = blocks.some(({ span }) => span.end - span.start > MINIFIED_LINE_LENGTH);
    return parsedDocument({
      text,
      type: 'code',
      mediaType: 'text/plain',
      firstLine: 1,
      metadata: {
        ...(language ? { programmingLanguage: language.name } : {}),
        ...(structure ? symbolMetadata(structure.symbols, text) : {}),
      },
      blocks,
      sections,
      warnings: [
        ...warnings,
        ...(longest && hasLongLine(text) ? ['Looks minified or generated: very long lines.'] : []),
        ...(structure ? [] : warningsOfGrammar(language, name, text)),
      ],
    });
  },
};

function hasLongLine(text: string): boolean {
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    if (end - at > MINIFIED_LINE_LENGTH) return true;
    at = end + 1;
  }
  return false;
}
