import type { Node } from 'web-tree-sitter';
import type { Definition, LanguageRules } from '../types.ts';
import { definition, fieldText } from './definition.ts';

function ofBinding(kind: 'function' | 'module' | 'type', field: string) {
  return (node: Node): Definition | null => {
    const binding = node.namedChildren.find((child) => child?.type.endsWith('_binding'));
    return binding ? definition(kind, fieldText(binding, field), binding.childForFieldName('body')) : null;
  };
}

export const ocamlRules: LanguageRules = {
  symbols: {
    value_definition: ofBinding('function', 'pattern'),
    module_definition: ofBinding('module', 'name'),
    type_definition: ofBinding('type', 'name'),
  },
  groups: ['structure'],
};
