import type { Node } from 'web-tree-sitter';
import type { Definition, LanguageRules } from '../types.ts';
import { cRules } from './c.ts';
import { childText, definition } from './definition.ts';

/** `read:with:` for `- (int)read:(int)x with:(int)y`. */
function ofMethod(node: Node): Definition | null {
  const children = node.namedChildren;
  const parts = children.flatMap((child, i) => {
    if (child?.type !== 'identifier') return [];
    return [children[i + 1]?.type === 'method_parameter' ? `${child.text}:` : child.text];
  });
  return definition(
    'method',
    parts.join(''),
    children.find((child) => child?.type === 'compound_statement'),
  );
}

const named = (kind: 'interface' | 'class' | 'protocol') => (node: Node) =>
  definition(kind, childText(node, 'identifier'));

export const objectiveCRules: LanguageRules = {
  ...cRules,
  symbols: {
    ...cRules.symbols,
    class_interface: named('interface'),
    class_implementation: named('class'),
    category_interface: named('interface'),
    category_implementation: named('class'),
    protocol_declaration: named('protocol'),
    method_definition: ofMethod,
  },
  groups: [...(cRules.groups ?? []), 'implementation_definition'],
};
