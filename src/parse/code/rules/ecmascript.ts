import type { Node } from 'web-tree-sitter';
import type { Definition, LanguageRules, SymbolKind } from '../types.ts';
import { bigConstant, definition, fieldText } from './definition.ts';

const FUNCTIONS = new Set(['arrow_function', 'function_expression', 'function', 'generator_function']);
const TESTS = new Set(['describe', 'test', 'it', 'suite', 'context', 'bench', 'beforeEach', 'afterEach']);

/** The definition that a name is given by its value. */
function byValue(node: Node, name: string | null, value: Node | null, kind: SymbolKind): Definition | null {
  if (!value) return null;
  if (FUNCTIONS.has(value.type)) return definition(kind, name, value);
  if (value.type === 'class') return definition('class', name, value);
  return bigConstant(node, name, value);
}

function ofDeclaration(node: Node): Definition | null {
  const declarators = node.namedChildren.filter((child) => child?.type === 'variable_declarator');
  const [only] = declarators;
  if (!only || declarators.length > 1) return null;
  return byValue(node, fieldText(only, 'name'), only.childForFieldName('value'), 'function');
}

function ofExpression(node: Node): Definition | null {
  const inner = node.firstNamedChild;
  if (inner?.type === 'assignment_expression') {
    const name = fieldText(inner, 'left')?.replace(/^(?:module\.)?exports\./, '') ?? null;
    return byValue(inner, name, inner.childForFieldName('right'), 'function');
  }
  if (inner?.type === 'call_expression') return ofCall(inner);
  if (inner?.type === 'internal_module') return definition('namespace', fieldText(inner, 'name'), inner);
  return null;
}

/** `describe('a parser', () => ...)`, `test.each(...)('adds', ...)`. */
function ofCall(call: Node): Definition | null {
  const head = /^[\w$]+/.exec(call.childForFieldName('function')?.text.slice(0, 40) ?? '')?.[0] ?? '';
  if (!TESTS.has(head)) return null;
  const given = call.childForFieldName('arguments')?.namedChildren ?? [];
  const title = given.find((child) => child?.type === 'string' || child?.type === 'template_string');
  const body = given.findLast((child) => child && FUNCTIONS.has(child.type));
  return body ? definition('test', title?.text.slice(1, -1) ?? head, body) : null;
}

const exported = (node: Node): Definition | null => {
  const value = node.childForFieldName('value');
  return value ? byValue(node, 'default', value, 'function') : null;
};

/** TypeScript, TSX and JavaScript. */
export const ecmaScriptRules: LanguageRules = {
  symbols: {
    function_declaration: 'function',
    generator_function_declaration: 'function',
    function_signature: 'function',
    class_declaration: 'class',
    abstract_class_declaration: 'class',
    interface_declaration: 'interface',
    enum_declaration: 'enum',
    type_alias_declaration: 'type',
    internal_module: 'namespace',
    module: (node) => definition('module', fieldText(node, 'name')?.replace(/^['"]|['"]$/g, '')),
    method_definition: 'method',
    abstract_method_signature: 'method',
    public_field_definition: (node) =>
      byValue(node, fieldText(node, 'name'), node.childForFieldName('value'), 'method'),
    field_definition: (node) => byValue(node, fieldText(node, 'property'), node.childForFieldName('value'), 'method'),
    pair: (node) => byValue(node, fieldText(node, 'key'), node.childForFieldName('value'), 'method'),
    lexical_declaration: ofDeclaration,
    variable_declaration: ofDeclaration,
    expression_statement: ofExpression,
    export_statement: exported,
  },
  wrappers: ['export_statement', 'ambient_declaration'],
  groups: ['class_body', 'statement_block', 'object', 'return_statement'],
  isAttached: (node) => node.type === 'decorator',
};
