import type { Node } from 'web-tree-sitter';
import type { Definition, LanguageRules } from '../types.ts';
import { bigConstant, childText, definition } from './definition.ts';

/** Interfaces and enums are classes with another word in front. */
function ofClass(node: Node): Definition | null {
  const head = node.text.slice(0, 200);
  const kind = /^[^({]*\binterface\b/.test(head) ? 'interface' : /^[^({]*\benum\b/.test(head) ? 'enum' : 'class';
  return definition(kind, childText(node, 'type_identifier', 'simple_identifier'));
}

export const kotlinRules: LanguageRules = {
  symbols: {
    class_declaration: ofClass,
    object_declaration: (node) => definition('object', childText(node, 'type_identifier', 'simple_identifier')),
    function_declaration: (node) => definition('function', childText(node, 'simple_identifier')),
    secondary_constructor: () => definition('method', 'constructor'),
    type_alias: (node) => definition('type', childText(node, 'type_identifier', 'simple_identifier')),
    property_declaration: (node) => {
      const variable = node.namedChildren.find((child) => child?.type === 'variable_declaration');
      return bigConstant(node, variable?.firstNamedChild?.text);
    },
  },
  // Comments behind an import are a part of it in this grammar.
  groups: [
    'import_list',
    'import_header',
    'class_body',
    'enum_class_body',
    'companion_object',
    'statements',
    'function_body',
  ],
};
