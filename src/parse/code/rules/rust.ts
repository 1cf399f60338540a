import type { Node } from 'web-tree-sitter';
import type { Definition, LanguageRules } from '../types.ts';
import { bigConstant, definition, fieldText, headText } from './definition.ts';

/** Methods belong to the type; the heading says which trait it is that they are of. */
function ofImplementation(node: Node): Definition | null {
  const type = node.childForFieldName('type');
  const found = definition('impl', (type?.childForFieldName('type') ?? type)?.text);
  const title = headText(node)
    .replace(/^(?:unsafe\s+)?impl\s*(?:<[^>{]*>)?\s*|\bwhere\b[\s\S]*$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return found && { ...found, title: `impl ${title}` };
}

export const rustRules: LanguageRules = {
  symbols: {
    function_item: 'function',
    function_signature_item: 'function',
    struct_item: 'struct',
    enum_item: 'enum',
    union_item: 'union',
    trait_item: 'trait',
    type_item: 'type',
    macro_definition: 'macro',
    mod_item: (node) => (node.childForFieldName('body') ? definition('module', fieldText(node, 'name')) : null),
    impl_item: ofImplementation,
    const_item: (node) => bigConstant(node, fieldText(node, 'name')),
    static_item: (node) => bigConstant(node, fieldText(node, 'name')),
  },
  groups: ['declaration_list', 'foreign_mod_item', 'block'],
  isAttached: (node) => node.type === 'attribute_item' || node.type === 'inner_attribute_item',
};
