import type { Definition, SymbolKind } from './types.ts';

/** Their names say enough by themselves. */
const BARE: ReadonlySet<SymbolKind> = new Set(['function', 'method', 'constant', 'property', 'macro', 'test']);

/** How a definition is called in the headings of its passages: `class Parser`, `parse`. */
export const symbolTitle = ({ kind, name, title }: Definition): string =>
  title ?? (BARE.has(kind) ? name : `${kind} ${name}`);
