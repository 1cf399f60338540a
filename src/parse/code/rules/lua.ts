import type { Node } from 'web-tree-sitter';
import type { Definition, LanguageRules } from '../types.ts';
import { bigConstant, childText, definition } from './definition.ts';

function ofAssignment(node: Node): Definition | null {
  const name = childText(node, 'variable_list');
  const values = node.namedChildren.find((child) => child?.type === 'expression_list');
  const value = values?.firstNamedChild ?? null;
  if (name?.includes(',')) return null;
  return value?.type === 'function_definition' ? definition('function', name, value) : bigConstant(node, name, value);
}

export const luaRules: LanguageRules = {
  symbols: {
    function_definition_statement: 'function',
    local_function_definition_statement: 'function',
    variable_assignment: ofAssignment,
    local_variable_declaration: ofAssignment,
  },
  groups: ['block'],
};
