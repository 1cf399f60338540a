import type { SourceLanguage } from '../source-languages.ts';
import { type CodeStructure, codeStructure } from './code-structure.ts';
import { grammarFor } from './grammars.ts';
import { grammarFailure } from './load-grammar.ts';
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

/** What is lost where the grammar of a source could not be loaded, for people; nothing where it was. */
export function warningsOfGrammar(language: SourceLanguage | null, name: string, text: string): readonly string[] {
  const grammar = language && grammarFor(language, name, text);
  const failure = grammar && grammarFailure(grammar.name);
  if (!failure) return [];
  return [
    `Divided by its indentation, and \`symbol:\` finds nothing in it: the grammar of ${language.name} does not load (${failure}).`,
  ];
}
