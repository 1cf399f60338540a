import type { Node } from 'web-tree-sitter';
import type { Section } from '../../domain/document.ts';
import type { Span } from '../../domain/span.ts';
import type { Block } from '../types.ts';
import { type CodePiece, codePieces } from './code-pieces.ts';
import { symbolTitle } from './symbol-title.ts';
import type { CodeSymbol, LanguageRules } from './types.ts';

/** A longer definition is divided at its statements or members. About 450 tokens, which one passage may hold. */
const MAX_WHOLE_LENGTH = 1_800;

/** Statements without a blank line between them stay together up to here. */
const MAX_RUN_LENGTH = 600;

/** A definition within a long one is worth a name of its own from here; a shorter one is a statement. */
const MIN_INNER_LENGTH = 120;

/** namespace > class > class > method > inner function ...; deeper ones are statements. */
const MAX_LEVEL = 8;

/** Long statements within long statements; deeper ones are divided by size later. */
const MAX_DEPTH = 60;

/** They hold definitions, which are passages of their own however short the whole is. */
const HOLDERS: ReadonlySet<string> = new Set([
  'class',
  'interface',
  'struct',
  'union',
  'enum',
  'record',
  'trait',
  'impl',
  'object',
  'extension',
  'protocol',
  'contract',
  'library',
  'module',
  'namespace',
  'test',
]);

/** Functions in these are functions. */
const NAMESPACES: ReadonlySet<string> = new Set(['module', 'namespace', 'test', 'library']);

export type CodeStructure = {
  readonly blocks: Block[];
  readonly sections: Section[];
  readonly symbols: CodeSymbol[];
};

type Scope = {
  readonly path: readonly string[];
  readonly level: number;
  readonly depth: number;
  /** Whether it is there to hold definitions: a class, the file; in a function they are its details. */
  readonly isHolder: boolean;
  /** Whether functions in it are methods. */
  readonly isType: boolean;
};

/**
 * Blocks, sections and symbols of a source by its syntax tree. A definition is one block of kind 'function' with its comments; one
 * that holds others, or is long, is divided at its members. Each definition is a section whose title names it; what stands between
 * definitions is a section without a title, so that it is under the name of what holds it.
 */
export function codeStructure(root: Node, text: string, rules: LanguageRules): CodeStructure {
  const blocks: Block[] = [];
  const sections: Section[] = [];
  const symbols: CodeSymbol[] = [];

  const putBlock = (kind: Block['kind'], start: number, end: number): void => {
    const span = trimmed(text, start, end);
    if (span) blocks.push({ kind, span });
  };

  /** Writes the pieces of `span` in order; everything in it that is not white space gets into a block. */
  const divide = (pieces: readonly CodePiece[], span: Span, scope: Scope): void => {
    let cursor = span.start;
    let run: { start: number; end: number; kind: Block['kind'] } | null = null;
    let isBehindDefinition = false;
    let isHead = scope.level > 0 && span.start === sections.at(-1)?.span.start;

    const endRun = (): void => {
      if (!run) return;
      if (isBehindDefinition) {
        sections.push({ kind: 'heading', title: '', level: scope.level + 1, span: { start: run.start, end: run.end } });
        isBehindDefinition = false;
      }
      putBlock(run.kind, run.start, run.end);
      run = null;
    };
    /** Text between pieces: closing brackets belong to what is before them, anything else to what follows. */
    const passTo = (position: number): number => {
      const gap = trimmed(text, cursor, position);
      if (!gap) return position;
      const last = blocks.at(-1);
      if (!isClosing(text.slice(gap.start, gap.end))) return gap.start;
      if (run) run.end = gap.end;
      else if (last) blocks[blocks.length - 1] = { kind: last.kind, span: { start: last.span.start, end: gap.end } };
      else return gap.start;
      return position;
    };
    const addToRun = (start: number, end: number): void => {
      const goesOn = run && end - run.start <= MAX_RUN_LENGTH && !/\n[^\S\n]*\n/.test(text.slice(run.end, start));
      if (run && goesOn) run.end = end;
      else {
        endRun();
        run = { start, end, kind: isHead ? 'function' : 'code' };
        isHead = false;
      }
    };

    for (const piece of pieces) {
      if (piece.start < cursor || piece.end > span.end) continue;
      const from = passTo(piece.start);
      if (isWorthNaming(piece, scope)) {
        if (from < piece.start) addToRun(from, piece.start);
        endRun();
        define(piece, scope);
        isBehindDefinition = true;
      } else if (piece.end - from > MAX_WHOLE_LENGTH && scope.depth < MAX_DEPTH) {
        endRun();
        if (isBehindDefinition) {
          sections.push({ kind: 'heading', title: '', level: scope.level + 1, span: { start: from, end: piece.end } });
          isBehindDefinition = false;
        }
        const inner = codePieces(piece.node, text, rules);
        if (inner.length > 0) divide(inner, { start: from, end: piece.end }, { ...scope, depth: scope.depth + 1 });
        else putBlock('code', from, piece.end);
      } else addToRun(from, piece.end);
      cursor = piece.end;
    }
    const from = passTo(span.end);
    if (from < span.end) addToRun(from, span.end);
    endRun();
  };

  const define = (piece: CodePiece, scope: Scope): void => {
    const { start, end, definition, node } = piece;
    if (!definition) return;
    const path = [...scope.path, definition.name];
    const level = scope.level + 1;
    const span = { start, end };
    sections.push({ kind: 'heading', title: symbolTitle(definition), level, span });
    symbols.push({
      path,
      kind: definition.kind === 'function' && scope.isType ? 'method' : definition.kind,
      span,
      definedAt: piece.definedAt,
      documentation: leadingString(definition.body ?? node, text) ?? piece.comment,
    });
    const isHolder = HOLDERS.has(definition.kind);
    const isLong = end - start > MAX_WHOLE_LENGTH;
    const pieces = isLong || isHolder ? codePieces(definition.body ?? node, text, rules) : [];
    const inner = {
      path,
      level,
      depth: scope.depth + 1,
      isHolder,
      isType: isHolder && !NAMESPACES.has(definition.kind),
    };
    if (pieces.some((each) => isWorthNaming(each, inner)) || (isLong && pieces.length > 0)) divide(pieces, span, inner);
    else putBlock('function', start, end);
  };

  divide(
    codePieces(root, text, rules),
    { start: 0, end: text.length },
    { path: [], level: 0, depth: 0, isHolder: true, isType: false },
  );
  return { blocks, sections, symbols };
}

/** Within a function only what is long enough to be looked for by itself. */
function isWorthNaming({ definition, start, end }: CodePiece, { level, depth, isHolder }: Scope): boolean {
  if (!definition || level >= MAX_LEVEL || depth >= MAX_DEPTH) return false;
  return isHolder || end - start >= MIN_INNER_LENGTH;
}

/** A string at the start of a body documents it: Python. */
function leadingString(node: Node, text: string): Span | null {
  const body = node.childForFieldName('body') ?? node;
  const first = body.firstNamedChild;
  const string = first?.type === 'expression_statement' ? first.firstNamedChild : null;
  if (string?.type !== 'string') return null;
  return trimmed(text, string.startIndex, string.endIndex);
}

const isClosing = (gap: string): boolean =>
  gap.length < 200 && /^(?:[\s)\]};,]|\bend\b|@end\b|\bfi\b|\bdone\b)*$/.test(gap);

function trimmed(text: string, start: number, end: number): Span | null {
  const inner = text.slice(start, end);
  const from = start + (inner.length - inner.trimStart().length);
  const to = end - (inner.length - inner.trimEnd().length);
  return from < to ? { start: from, end: to } : null;
}
