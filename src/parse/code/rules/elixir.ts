import type { Node } from 'web-tree-sitter';
import type { Definition, LanguageRules, SymbolKind } from '../types.ts';
import { definition, fieldText } from './definition.ts';

const KINDS: Readonly<Record<string, SymbolKind>> = {
  defmodule: 'module',
  defprotocol: 'protocol',
  defimpl: 'impl',
  def: 'function',
  defp: 'function',
  defdelegate: 'function',
  defguard: 'function',
  defmacro: 'macro',
  defmacrop: 'macro',
  test: 'test',
  describe: 'test',
};

/** Definitions are calls of macros. */
function ofCall(node: Node): Definition | null {
  const kind = KINDS[fieldText(node, 'target') ?? ''];
  const children = node.namedChildren;
  const given = children.find((child) => child?.type === 'arguments')?.firstNamedChild;
  if (!kind || !given) return null;
  const name = kind === 'test' ? given.text.replace(/^"|"$/g, '') : (/^[^\s(,]+/.exec(given.text)?.[0] ?? '');
  return definition(
    kind,
    name,
    children.find((child) => child?.type === 'do_block'),
  );
}

export const elixirRules: LanguageRules = {
  symbols: { call: ofCall },
  isAttached: (node) => node.type === 'unary_operator' && /^@(?:doc|spec|impl|deprecated|since)\b/.test(node.text),
};
