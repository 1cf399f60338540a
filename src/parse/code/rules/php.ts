import type { LanguageRules } from '../types.ts';
import { bigConstant, definition, fieldText } from './definition.ts';

export const phpRules: LanguageRules = {
  symbols: {
    namespace_definition: (node) =>
      node.childForFieldName('body') ? definition('namespace', fieldText(node, 'name')) : null,
    class_declaration: 'class',
    interface_declaration: 'interface',
    trait_declaration: 'trait',
    enum_declaration: 'enum',
    method_declaration: 'method',
    function_definition: 'function',
    const_declaration: (node) =>
      bigConstant(node, node.namedChildren.find((child) => child?.type === 'const_element')?.firstNamedChild?.text),
  },
  groups: ['declaration_list', 'enum_declaration_list', 'compound_statement'],
};
