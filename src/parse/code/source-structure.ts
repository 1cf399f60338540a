import type { SourceLanguage } from '../source-languages.ts';
import { type CodeStructure, codeStructure } from './code-structure.ts';
import { grammarFor } from './grammars.ts';
import { withSyntaxTree } from './parse-tree.ts';

/** Blocks, sections and symbols of a source by its syntax tree; null where none can be had, or it defines nothing. */
export async function sourceStructure(
  language: SourceLanguage | null,
  name: string,
  text: string,
): Promise<CodeStructure | null> {
  const grammar = language && grammarFor(language, name, text);
  if (!grammar) return null;
  const structure = await withSyntaxTree(text, grammar.name, (root) => codeStructure(root, text, grammar.rules));
  return structure && structure.symbols.length > 0 ? structure : null;
}
