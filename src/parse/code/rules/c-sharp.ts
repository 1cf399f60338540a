import type { Node } from 'web-tree-sitter';
import type { LanguageRules } from '../types.ts';
import { bigConstant, definition } from './definition.ts';

const fieldName = (node: Node): string | null =>
  node.descendantsOfType('variable_declarator')[0]?.firstNamedChild?.text ?? null;

export const cSharpRules: LanguageRules = {
  symbols: {
    namespace_declaration: 'namespace',
    class_declaration: 'class',
    struct_declaration: 'struct',
    interface_declaration: 'interface',
    record_declaration: 'record',
    record_struct_declaration: 'record',
    enum_declaration: 'enum',
    delegate_declaration: 'type',
    method_declaration: 'method',
    constructor_declaration: 'method',
    destructor_declaration: 'method',
    local_function_statement: 'function',
    operator_declaration: (node) =>
      definition('method', /\boperator\s*[^\s(]+/.exec(node.text.slice(0, 400))?.[0] ?? 'operator'),
    indexer_declaration: () => definition('property', 'this[]'),
    property_declaration: (node) => {
      const accessors = node.childForFieldName('accessors');
      return accessors?.descendantsOfType(['block', 'arrow_expression_clause']).length
        ? definition('property', node.childForFieldName('name')?.text)
        : null;
    },
    field_declaration: (node) => bigConstant(node, fieldName(node)),
  },
  groups: ['declaration_list', 'file_scoped_namespace_declaration', 'block'],
};
