import type { Node } from 'web-tree-sitter';
import type { Definition, LanguageRules, SymbolKind } from '../types.ts';
import { bigConstant, definition, fieldText } from './definition.ts';

const KINDS: Readonly<Record<string, SymbolKind>> = {
  struct: 'struct',
  enum: 'enum',
  extension: 'extension',
};

/** Structures, enumerations, extensions and actors are classes with another word in front. */
function ofClass(node: Node): Definition | null {
  const word = /\b(class|struct|enum|extension|actor)\b/.exec(node.text.slice(0, 200))?.[1] ?? '';
  return definition(KINDS[word] ?? 'class', fieldText(node, 'name'));
}

export const swiftRules: LanguageRules = {
  symbols: {
    class_declaration: ofClass,
    protocol_declaration: 'protocol',
    function_declaration: 'function',
    protocol_function_declaration: 'function',
    init_declaration: () => definition('method', 'init'),
    deinit_declaration: () => definition('method', 'deinit'),
    subscript_declaration: () => definition('method', 'subscript'),
    typealias_declaration: 'type',
    property_declaration: (node) => bigConstant(node, fieldText(node, 'name')),
  },
  groups: ['class_body', 'enum_class_body', 'protocol_body', 'function_body', 'statements'],
};
