import type { Node } from 'web-tree-sitter';
import type { Definition, LanguageRules } from '../types.ts';
import { childText, definition, fieldText } from './definition.ts';

function ofSignature(node: Node): Definition | null {
  const inner = node.type === 'method_signature' ? (node.firstNamedChild ?? node) : node;
  return definition(node.type === 'method_signature' ? 'method' : 'function', fieldText(inner, 'name'));
}

/** A signature and its body stand beside each other. */
export const dartRules: LanguageRules = {
  symbols: {
    class_definition: 'class',
    mixin_declaration: (node) => definition('class', childText(node, 'identifier')),
    extension_declaration: 'extension',
    enum_declaration: 'enum',
    function_signature: ofSignature,
    method_signature: ofSignature,
    getter_signature: ofSignature,
    setter_signature: ofSignature,
  },
  groups: ['class_body', 'extension_body', 'enum_body', 'block'],
  continuations: ['function_body'],
};
