import type { LanguageRules, SymbolKind } from '../types.ts';
import { bigConstant, childText, definition } from './definition.ts';

const KINDS: Readonly<Record<string, SymbolKind>> = {
  struct_declaration: 'struct',
  enum_declaration: 'enum',
  union_declaration: 'union',
};

export const zigRules: LanguageRules = {
  symbols: {
    function_declaration: 'function',
    test_declaration: (node) => definition('test', childText(node, 'string', 'identifier')?.replace(/^"|"$/g, '')),
    variable_declaration: (node) => {
      const name = childText(node, 'identifier');
      const value = node.lastNamedChild;
      const kind = KINDS[value?.type ?? ''];
      return kind ? definition(kind, name, value) : bigConstant(node, name);
    },
  },
  groups: ['block'],
};
