import type { Node } from 'web-tree-sitter';
import type { Definition, LanguageRules } from '../types.ts';
import { bigConstant, definition, fieldText } from './definition.ts';

const KINDS: Readonly<Record<string, 'struct' | 'interface'>> = { struct_type: 'struct', interface_type: 'interface' };

const ofType = (node: Node): Definition | null =>
  definition(
    KINDS[node.childForFieldName('type')?.type ?? ''] ?? 'type',
    fieldText(node, 'name'),
    node.childForFieldName('type'),
  );

/** `Parser.Parse` for `func (p *Parser[T]) Parse()`. */
function ofMethod(node: Node): Definition | null {
  const receiver = /([\w]+)\s*(?:\[[^\]]*\])?\s*\)$/.exec(fieldText(node, 'receiver') ?? '')?.[1];
  const name = fieldText(node, 'name');
  return definition('method', receiver && name ? `${receiver}.${name}` : name, node.childForFieldName('body'));
}

/** `type T struct {}` on its own; of several in brackets each is one by itself. */
function onlySpec(node: Node, types: readonly string[]): Node | null {
  const specs = node.namedChildren.filter((child) => child && types.includes(child.type));
  return specs.length === 1 ? (specs[0] ?? null) : null;
}

export const goRules: LanguageRules = {
  symbols: {
    function_declaration: 'function',
    method_declaration: ofMethod,
    type_spec: ofType,
    type_alias: ofType,
    type_declaration: (node) => {
      const spec = onlySpec(node, ['type_spec', 'type_alias']);
      return spec ? ofType(spec) : null;
    },
    const_declaration: (node) => {
      const spec = node.namedChildren.find((child) => child?.type === 'const_spec');
      return bigConstant(node, spec && fieldText(spec, 'name'));
    },
    var_declaration: (node) => {
      const spec = onlySpec(node, ['var_spec']);
      return bigConstant(node, spec && fieldText(spec, 'name'));
    },
  },
  groups: ['type_declaration', 'block'],
};
