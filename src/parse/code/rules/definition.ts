import type { Node } from 'web-tree-sitter';
import type { Definition, SymbolKind } from '../types.ts';

/** Longer names are whole texts (the title of a test) or broken code. */
const MAX_NAME_LENGTH = 120;

/** A definition by that name; null where the name is empty. White space in it is one space. */
export function definition(kind: SymbolKind, name: string | null | undefined, body?: Node | null): Definition | null {
  const plain = name
    ?.slice(0, 4 * MAX_NAME_LENGTH)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_NAME_LENGTH);
  if (!plain) return null;
  return body ? { kind, name: plain, body } : { kind, name: plain };
}

/** The text of the first child of one of these types; null when there is none. */
export function childText(node: Node, ...types: readonly string[]): string | null {
  return node.namedChildren.find((child) => child && types.includes(child.type))?.text ?? null;
}

export const fieldText = (node: Node, field: string): string | null => node.childForFieldName(field)?.text ?? null;

/** What stands before the body, as it is written: `impl Display for Point`. */
export function headText(node: Node): string {
  const body = node.childForFieldName('body');
  return body ? node.text.slice(0, body.startIndex - node.startIndex) : node.text;
}

/** Values shorter than this are no passage of their own. In UTF-16 units. */
const MIN_CONSTANT_LENGTH = 240;

/** A table, a list or a long text that has a name. */
export const bigConstant = (node: Node, name: string | null | undefined, body?: Node | null): Definition | null =>
  node.endIndex - node.startIndex >= MIN_CONSTANT_LENGTH ? definition('constant', name, body) : null;
