import type { Node } from 'web-tree-sitter';
import { dropRuntime, loadGrammar, loadRuntime } from './load-grammar.ts';

/** Longer sources are written by programs, and their trees take some thirty times the text. In UTF-16 units. */
const MAX_LENGTH = 2_000_000;

/** A grammar reads a megabyte in a second or two; one that is led astray by what it reads may take very long. */
const MAX_MILLISECONDS = 5_000;

/** With more of the text in errors, what was recognised is chance. */
const MAX_ERROR_SHARE = 0.25;

/** Errors looked at one by one; a tree with more is no tree of this language. */
const MAX_ERRORS = 2_000;

/**
 * What `use` makes of the syntax tree of a text, positions in UTF-16 units; null where there is no such tree: the grammar is not
 * there, the text is too long, reading takes too long or too much memory, or too much of it is in error. The tree is freed before this returns.
 */
export async function withSyntaxTree<Result>(
  text: string,
  grammar: string,
  use: (root: Node) => Result,
): Promise<Result | null> {
  if (text.length > MAX_LENGTH) return null;
  const language = await loadGrammar(grammar);
  if (!language) return null;
  const { Parser } = await loadRuntime();
  const parser = new Parser();
  let isWhole = false;
  try {
    parser.setLanguage(language);
    const deadline = performance.now() + MAX_MILLISECONDS;
    // The library's type says that it returns nothing, its documentation that `true` ends the parse.
    const isLate = (() => performance.now() > deadline) as () => void;
    const tree = parser.parse(text, null, { progressCallback: isLate });
    isWhole = true;
    if (!tree) return null;
    try {
      const root = tree.rootNode;
      return errorLength(root) > text.length * MAX_ERROR_SHARE ? null : use(root);
    } finally {
      tree.delete();
    }
  } catch (error) {
    // Out of memory within WebAssembly, or a fault of a grammar; the text can be divided without it.
    if (!isWhole || error instanceof WebAssembly.RuntimeError) dropRuntime();
    else throw error;
    return null;
  } finally {
    if (isWhole) parser.delete();
  }
}

/** Length of the text that stands in errors; infinite when there are too many of them. */
function errorLength(root: Node): number {
  if (!root.hasError) return 0;
  if (root.isError) return Number.POSITIVE_INFINITY;
  let length = 0;
  let seen = 0;
  const cursor = root.walk();
  try {
    for (let goesOn = cursor.gotoFirstChild(); goesOn; ) {
      if (++seen > MAX_ERRORS * 50) return Number.POSITIVE_INFINITY;
      const node = cursor.currentNode;
      if (node.isError) length += node.endIndex - node.startIndex;
      else if (node.hasError && cursor.gotoFirstChild()) continue;
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return length;
      }
      goesOn = true;
    }
    return length;
  } finally {
    cursor.delete();
  }
}
