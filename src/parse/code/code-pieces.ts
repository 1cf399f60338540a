import type { Node } from 'web-tree-sitter';
import type { Span } from '../../domain/span.ts';
import type { Definition, LanguageRules } from './types.ts';

/** A definition or a statement, with the comments and decorators in front of it. In order, without overlap. */
export type CodePiece = {
  readonly start: number;
  end: number;
  readonly node: Node;
  readonly definition: Definition | null;
  /** Where the node itself begins, behind comments. */
  readonly definedAt: number;
  /** The comments in front of it. */
  readonly comment: Span | null;
};

/** Groups within groups: `#ifdef` in `#ifdef`. Deeper ones stay whole. */
const MAX_GROUP_DEPTH = 40;

/** Divides what stands in a node: definitions by the rules of the language, and statements between them. */
export function codePieces(parent: Node, text: string, rules: LanguageRules): CodePiece[] {
  const pieces: CodePiece[] = [];
  const groups = new Set(rules.groups);
  const continuations = new Set(rules.continuations);
  const isAttached = (node: Node): boolean => isComment(node) || rules.isAttached?.(node) === true;
  /** Comments and decorators that may belong to what follows. */
  let waiting: Node[] = [];

  const flush = (): void => {
    for (const node of waiting) {
      pieces.push({ ...spanOf(node), node, definition: null, definedAt: node.startIndex, comment: null });
    }
    waiting = [];
  };
  const wait = (node: Node): void => {
    const last = pieces.at(-1);
    if (waiting.length === 0 && last && isComment(node) && isSameLine(text, last.end, node.startIndex)) {
      last.end = Math.max(last.end, spanOf(node).end);
      return;
    }
    const before = waiting.at(-1);
    if (before && hasBlankLine(text, before.endIndex, node.startIndex)) flush();
    waiting.push(node);
    if (node.startIndex === 0 && text.startsWith('#!')) flush();
  };
  const put = (node: Node, definition: Definition | null): void => {
    const nearest = waiting.at(-1);
    if (nearest && hasBlankLine(text, nearest.endIndex, node.startIndex)) flush();
    const [first] = waiting;
    const comments = waiting.filter(({ type }) => !/decorator|attribute/.test(type));
    const [firstComment] = comments;
    const lastComment = comments.at(-1);
    pieces.push({
      start: first?.startIndex ?? node.startIndex,
      end: spanOf(node).end,
      node,
      definition,
      definedAt: node.startIndex,
      comment: firstComment && lastComment ? { start: firstComment.startIndex, end: lastComment.endIndex } : null,
    });
    waiting = [];
  };
  const visit = (node: Node, depth: number): void => {
    for (const child of node.namedChildren) {
      if (!child || child.endIndex <= child.startIndex) continue;
      const last = pieces.at(-1);
      if (isAttached(child)) wait(child);
      else if (last?.definition && continuations.has(child.type)) last.end = child.endIndex;
      else {
        const definition = definitionOf(child, rules);
        if (!definition && depth < MAX_GROUP_DEPTH && groups.has(child.type)) visit(child, depth + 1);
        else put(child, definition);
      }
    }
  };
  visit(parent, 0);
  flush();
  return pieces;
}

/** What a node defines by the rules; for a wrapper, what it stands around. */
function definitionOf(node: Node, rules: LanguageRules): Definition | null {
  const rule = Object.hasOwn(rules.symbols, node.type) ? rules.symbols[node.type] : undefined;
  if (typeof rule === 'string') {
    const name = node.childForFieldName('name')?.text.slice(0, MAX_NAME_LENGTH);
    return name ? { kind: rule, name } : null;
  }
  const found = rule?.(node) ?? null;
  if (found || !rules.wrappers?.includes(node.type)) return found;
  for (const child of node.namedChildren) {
    const inner = child && definitionOf(child, rules);
    if (inner) return { ...inner, body: inner.body ?? child };
  }
  return null;
}

const MAX_NAME_LENGTH = 120;

const isComment = (node: Node): boolean => node.type.endsWith('comment');

/** Some grammars count the line end to a comment or a directive. */
function spanOf(node: Node): Span {
  const trailing = /\s+$/.exec(node.text)?.[0].length ?? 0;
  return { start: node.startIndex, end: node.endIndex - trailing };
}

const isSameLine = (text: string, end: number, start: number): boolean =>
  end <= start && !text.slice(end, start).includes('\n');

const hasBlankLine = (text: string, end: number, start: number): boolean =>
  /\n[^\S\n]*\n/.test(text.slice(Math.max(0, end - 1), start));
