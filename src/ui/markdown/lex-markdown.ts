import type { Token } from 'marked';

let lexer: ((text: string) => Token[]) | null = null;

/**
 * Loads the parser of Markdown. Its expressions take a fifth of the time that the chat needs to its first frame, in which
 * nothing is Markdown. To be awaited before Markdown is drawn.
 */
export async function loadMarkdown(): Promise<void> {
  const { marked } = await import('marked');
  lexer = marked.lexer;
}

/** Tokens of Markdown; of text that the parser cannot take, and before it is loaded, its lines as they are. */
export function lexMarkdown(text: string): Token[] {
  try {
    if (lexer) return lexer(text);
  } catch {
    // Nesting by the thousand overflows the parser's stack.
  }
  return [{ type: 'paragraph', raw: text, text, tokens: [{ type: 'text', raw: text, text }] }];
}
