import type { Token } from 'marked';
import { lexMarkdown } from './lex-markdown.ts';

/** Blocks that a blank line ends for good; a list goes on behind one. */
const ENDED_BY_SPACE = new Set(['paragraph', 'heading', 'table', 'hr']);
/** A fence that is closed. */
const CLOSED_FENCE = /^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:[\s\S]*\n)? {0,3}\1[`~]*\s*$/;

/**
 * Splits Markdown that is still coming in: `stable` are the blocks that nothing which follows can change, `tail` is the
 * rest. Joined they are the text.
 */
export function splitStable(text: string): { readonly stable: string; readonly tail: string } {
  const tokens = lexMarkdown(text);
  let last = tokens.length - 1;
  const endsInSpace = tokens[last]?.type === 'space';
  while (last >= 0 && tokens[last]!.type === 'space') last--;
  if (last < 0) return { stable: '', tail: text };
  const isClosed = endsInSpace && isEndedBySpace(tokens[last]!);
  const source = tokens
    .slice(0, isClosed ? tokens.length : last)
    .map(({ raw }) => raw)
    .join('');
  // The lexer changes tabs and line ends; where its pieces are not the text, nothing is taken for stable.
  if (!text.startsWith(source)) return { stable: '', tail: text };
  // Blanks behind the last line end may be the indent of what follows.
  const stable = isClosed ? source.slice(0, source.lastIndexOf('\n') + 1) : source;
  return { stable, tail: text.slice(stable.length) };
}

const isEndedBySpace = (token: Token): boolean =>
  ENDED_BY_SPACE.has(token.type) || (token.type === 'code' && CLOSED_FENCE.test(token.raw));
