import type { LanguageRules } from '../types.ts';
import { bigConstant, fieldText } from './definition.ts';

export const javaRules: LanguageRules = {
  symbols: {
    class_declaration: 'class',
    interface_declaration: 'interface',
    enum_declaration: 'enum',
    record_declaration: 'record',
    annotation_type_declaration: 'interface',
    method_declaration: 'method',
    constructor_declaration: 'method',
    compact_constructor_declaration: 'method',
    field_declaration: (node) => {
      const declarator = node.childForFieldName('declarator');
      return bigConstant(node, declarator && fieldText(declarator, 'name'));
    },
  },
  groups: ['class_body', 'interface_body', 'enum_body', 'enum_body_declarations', 'annotation_type_body', 'block'],
};
