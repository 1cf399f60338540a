import type { Node } from 'web-tree-sitter';
import type { Span } from '../../domain/span.ts';

export type SymbolKind =
  | 'function'
  | 'method'
  | 'class'
  | 'interface'
  | 'struct'
  | 'enum'
  | 'union'
  | 'record'
  | 'trait'
  | 'impl'
  | 'object'
  | 'extension'
  | 'protocol'
  | 'contract'
  | 'library'
  | 'module'
  | 'namespace'
  | 'type'
  | 'macro'
  | 'constant'
  | 'property'
  | 'modifier'
  | 'event'
  | 'test';

/** What a node of a syntax tree defines. */
export type Definition = {
  readonly kind: SymbolKind;
  readonly name: string;
  /** What is shown of it as a heading, where that is more than the kind and the name. */
  readonly title?: string;
  /** The node whose children are its members; the defining node itself where absent. */
  readonly body?: Node;
};

/** A kind, where the node has its name in the field "name"; else a look at the node: null when it defines nothing. */
export type SymbolRule = SymbolKind | ((node: Node) => Definition | null);

/** How one grammar marks definitions. Names are node types of that grammar. */
export type LanguageRules = {
  readonly symbols: Readonly<Record<string, SymbolRule>>;
  /** Stand around one definition and belong to it: `export`, decorators, templates. */
  readonly wrappers?: readonly string[];
  /** Stand around definitions that are of the same level as themselves: `#ifdef`, `extern "C" {}`, bodies. */
  readonly groups?: readonly string[];
  /** Stand before a definition and belong to it, beside comments and attributes. */
  readonly isAttached?: (node: Node) => boolean;
  /** Node types that carry on the definition before them, where the grammar has a body beside its signature. */
  readonly continuations?: readonly string[];
};

/** A definition in a source file. */
export type CodeSymbol = {
  /** Names from the outermost holder to this one: `['Parser', 'parse']`. */
  readonly path: readonly string[];
  readonly kind: SymbolKind;
  /** With its comments, decorators and body. */
  readonly span: Span;
  /** Where the definition itself begins, behind comments in front of it. */
  readonly definedAt: number;
  /** The comment in front of it or the string at its start; null when it has neither. */
  readonly documentation: Span | null;
};
