import type { LanguageRules } from '../types.ts';
import { bigConstant, fieldText } from './definition.ts';

export const scalaRules: LanguageRules = {
  symbols: {
    class_definition: 'class',
    object_definition: 'object',
    package_object: 'object',
    trait_definition: 'trait',
    enum_definition: 'enum',
    function_definition: 'function',
    function_declaration: 'function',
    type_definition: 'type',
    val_definition: (node) => bigConstant(node, fieldText(node, 'pattern')),
  },
  groups: ['template_body', 'package_clause', 'block'],
};
