import type { Node } from 'web-tree-sitter';
import type { Definition, LanguageRules, SymbolKind } from '../types.ts';
import { bigConstant, definition, fieldText } from './definition.ts';

/** Pointers, references, arrays and parameters stand around the name. */
const MAX_DECLARATORS = 12;

function declaredName(node: Node): string | null {
  let at = node.childForFieldName('declarator');
  for (let depth = 0; at && depth < MAX_DECLARATORS; depth++) {
    const inner = at.childForFieldName('declarator') ?? (at.type === 'reference_declarator' ? at.lastNamedChild : null);
    if (!inner) return at.text;
    at = inner;
  }
  return null;
}

const KINDS: Readonly<Record<string, SymbolKind>> = {
  struct_specifier: 'struct',
  union_specifier: 'union',
  enum_specifier: 'enum',
  class_specifier: 'class',
};

/** Only where it is defined: `struct point p` names one that is defined elsewhere. */
const ofSpecifier = (node: Node): Definition | null =>
  node.childForFieldName('body') ? definition(KINDS[node.type] ?? 'struct', fieldText(node, 'name')) : null;

function ofTypeDefinition(node: Node): Definition | null {
  const type = node.childForFieldName('type');
  const kind = type?.childForFieldName('body') ? KINDS[type.type] : undefined;
  return kind ? definition(kind, declaredName(node), type) : null;
}

/** `int read(void);`, also behind a pointer. */
function isPrototype(declarator: Node | null): boolean {
  const inner = declarator?.type === 'pointer_declarator' ? declarator.childForFieldName('declarator') : declarator;
  return (
    inner?.type === 'function_declarator' && inner.childForFieldName('declarator')?.type !== 'parenthesized_declarator'
  );
}

function ofDeclaration(node: Node): Definition | null {
  const type = node.childForFieldName('type');
  if (type && KINDS[type.type] && type.childForFieldName('body')) return ofSpecifier(type);
  const declarator = node.childForFieldName('declarator');
  if (isPrototype(declarator)) return definition('function', declaredName(node));
  return declarator?.type === 'init_declarator' ? bigConstant(node, declaredName(node)) : null;
}

/** C, C++ and CUDA. */
export const cRules: LanguageRules = {
  symbols: {
    function_definition: (node) => definition('function', declaredName(node), node.childForFieldName('body')),
    struct_specifier: ofSpecifier,
    union_specifier: ofSpecifier,
    enum_specifier: ofSpecifier,
    class_specifier: ofSpecifier,
    type_definition: ofTypeDefinition,
    declaration: ofDeclaration,
    field_declaration: ofDeclaration,
    namespace_definition: (node) => definition('namespace', fieldText(node, 'name') ?? 'anonymous'),
    concept_definition: 'type',
    preproc_function_def: (node) =>
      node.text.includes('\n', 80) ? definition('macro', fieldText(node, 'name')) : null,
  },
  wrappers: ['template_declaration'],
  groups: [
    'preproc_ifdef',
    'preproc_if',
    'preproc_else',
    'preproc_elif',
    'linkage_specification',
    'declaration_list',
    'field_declaration_list',
    'compound_statement',
  ],
};
